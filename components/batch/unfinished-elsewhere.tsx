'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import { issueBatchHref } from './batch-href';
import type { OpenBatchFacts } from './open-batch-facts';

type UnfinishedElsewhereProps = { environment: string; batches: readonly OpenBatchFacts[] };

/** Where no CA is chosen yet: the unfinished batches, each leading to its CA. */
export function UnfinishedElsewhere({ environment, batches }: UnfinishedElsewhereProps) {
  const t = useTranslations('batch.unfinished');
  if (batches.length === 0) return null;
  return (
    <Notice tone="warning" title={t('notice', { count: batches.length })}>
      <ul className="flex flex-col gap-1">
        {batches.map(({ batch, caId, reserved, devices, operatorName }) => (
          <li key={batch}>
            <Link href={issueBatchHref(environment, { ca: caId })} className="link font-mono">
              {batch.slice(0, 8)}
            </Link>{' '}
            {t('progress', { reserved, devices })} · {operatorName}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
