'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { printPosition } from '@/components/device/batch-position';
import { Notice } from '@/components/ui/notice';
import { issueBatchHref } from './batch-href';
import type { OpenBatchFacts } from './open-batch-facts';

type UnfinishedElsewhereProps = {
  environment: string;
  /** The newest of them. */
  batches: readonly OpenBatchFacts[];
  count: number;
  /** Where all of them are. */
  allHref: Route;
};

/** Where no CA is chosen yet: the unfinished batches, each leading to its CA. */
export function UnfinishedElsewhere({ environment, batches, count, allHref }: UnfinishedElsewhereProps) {
  const t = useTranslations('batch.unfinished');
  const words = useTranslations('batch-again.unfinished');
  if (batches.length === 0) return null;
  return (
    <Notice tone="warning" title={t('notice', { count })}>
      <ul className="flex flex-col gap-1">
        {batches.map(({ batch, caId, reserved, devices, operatorName, createdAt }) => (
          <li key={batch}>
            <Link
              href={issueBatchHref(environment, { ca: caId, open: printPosition({ createdAt, id: batch }) })}
              className="link font-mono"
            >
              {batch.slice(0, 8)}
            </Link>{' '}
            {t('progress', { reserved, devices })} · {operatorName}
          </li>
        ))}
      </ul>
      {count > batches.length ? (
        <p>
          {words('more', { count: count - batches.length })}{' '}
          <Link href={allHref} className="link">
            {words('all')}
          </Link>
        </p>
      ) : null}
    </Notice>
  );
}
