'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { Failures } from './batch-state';

/** Which devices of a batch could not be issued, and why. */
export function FailedDevices({ failures: { count, first } }: { failures: Failures }) {
  const t = useTranslations('batch.failed');
  if (count === 0) return null;
  return (
    <Notice tone="danger" title={t('title', { count })}>
      <ul className="flex max-h-64 flex-col gap-1 overflow-y-auto" aria-label={t('label')}>
        {first.map(({ index, commonName, cause }) => (
          <li key={index} className="flex flex-wrap gap-x-3 wrap-anywhere">
            <span className="font-mono text-xs">{commonName}</span>
            <span className="text-xs text-ink-muted">{cause}</span>
          </li>
        ))}
      </ul>
      {count > first.length ? <p>{t('more', { count: count - first.length })}</p> : null}
    </Notice>
  );
}
