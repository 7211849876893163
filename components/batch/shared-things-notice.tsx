'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { SharedThings } from './evaluate-devices';

/** @param isListed - of a list with lines; else of files */
export function SharedThingsNotice({ shared, isListed }: { shared: SharedThings; isListed: boolean }) {
  const t = useTranslations('batch.checks');
  const { devices, things, first } = shared;
  if (things === 0) return null;
  return (
    <Notice tone="warning" title={t('shared', { devices, things })}>
      <ul className="flex max-h-64 flex-col gap-1 overflow-y-auto" aria-label={t('sharedLabel')}>
        {first.map(({ thing, places, count }) => (
          <li key={thing} className="wrap-anywhere">
            <span className="font-mono text-xs">{thing}</span>{' '}
            {t(isListed ? 'sharedLines' : 'sharedFiles', {
              places: places.join(', '),
              more: count - places.length,
            })}
          </li>
        ))}
      </ul>
      {things > first.length ? <p>{t('sharedMore', { count: things - first.length })}</p> : null}
      <p>{t('sharedText')}</p>
    </Notice>
  );
}
