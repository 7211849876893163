'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { Unseen } from '@/lib/diagnosis/diagnose';

/** What the console could not see, so that nobody takes silence for "all is well". */
export function UnseenList({ unseen }: { unseen: readonly Unseen[] }) {
  const t = useTranslations('diagnosis');
  if (unseen.length === 0) return null;
  return (
    <Notice tone="warning" title={t('what.unseen')}>
      <ul className="flex list-disc flex-col gap-0.5 pl-4">
        {unseen.map(({ fact, why, evidence }) => (
          <li key={fact} className="wrap-anywhere">
            {t(`unseen.${why}`, { fact: t(`fact.${fact}`), call: evidence.source })}
          </li>
        ))}
      </ul>
      <p className="text-ink-muted">{t('what.unseenText')}</p>
    </Notice>
  );
}
