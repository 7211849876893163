'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { ReissueFacts } from './reissue-facts';

/** What is left to be done once devices were issued again: their old certificates. */
export function ReissuedNotice({ again: { batch, href, seen } }: { again: ReissueFacts }) {
  const t = useTranslations('batch-again.done');
  return (
    <Notice tone={seen > 0 ? 'warning' : 'info'} title={t('title', { batch: batch.slice(0, 8) })}>
      <p>{t(seen > 0 ? 'seen' : 'text')}</p>
      <p>
        <Link href={href} className="link">
          {t('toBatch')}
        </Link>
      </p>
    </Notice>
  );
}
