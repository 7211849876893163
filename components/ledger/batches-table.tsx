import Link from 'next/link';
import type { ReactNode } from 'react';
import { caHref } from '@/components/registry/hrefs';
import { ResourceTable } from '@/components/ui/resource-table';
import { StatusBadge } from '@/components/ui/status-badge';
import { TimeAgo } from '@/components/ui/time-ago';
import { BATCH_TONES, type BatchState, FUNNEL_STAGES, type FunnelCounts } from './batch-facts';
import { batchHref } from './ledger-href';
import type { LedgerTranslator } from './ledger-translator';

type ListedBatch = {
  id: string;
  caId: string;
  devices: number;
  operatorName: string;
  state: BatchState;
  /** ISO 8601. */
  createdAt: string;
  /** Undefined: too large to be counted in time. */
  funnel: FunnelCounts | undefined;
};

type BatchesTableProps = {
  t: LedgerTranslator;
  environment: string;
  batches: readonly ListedBatch[];
  empty: ReactNode;
};

export function BatchesTable({ t, environment, batches, empty }: BatchesTableProps) {
  return (
    <ResourceTable
      label={t('batches.label')}
      rows={batches}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          id: 'batch',
          header: t('batches.batch'),
          isRowHeader: true,
          cell: ({ id }) => (
            <Link
              href={batchHref(environment, id)}
              title={id}
              className="link inline-flex min-h-6 items-center font-mono"
            >
              {id.slice(0, 8)}
            </Link>
          ),
        },
        {
          id: 'begun',
          header: t('batches.started'),
          cell: ({ createdAt, operatorName }) => (
            <span className="flex flex-col">
              <TimeAgo at={createdAt} />
              <span className="text-xs text-ink-muted">{operatorName}</span>
            </span>
          ),
        },
        {
          id: 'state',
          header: t('batches.state'),
          cell: ({ state }) => (
            <StatusBadge tone={BATCH_TONES[state]}>{t(`batches.stateName.${state}`)}</StatusBadge>
          ),
        },
        {
          id: 'devices',
          header: t('batches.devices'),
          align: 'end',
          cell: ({ devices }) => <span className="tabular-nums">{devices}</span>,
        },
        {
          id: 'funnel',
          header: t('batches.progress'),
          cell: ({ funnel }) => (funnel === undefined ? '–' : <SmallFunnel t={t} funnel={funnel} />),
        },
        {
          id: 'ca',
          header: t('batches.ca'),
          isSecondary: true,
          cell: ({ caId }) => (
            <Link
              href={caHref(environment, caId)}
              title={caId}
              className="link inline-flex min-h-6 items-center font-mono text-xs"
            >
              {caId.slice(0, 8)}
            </Link>
          ),
        },
      ]}
    />
  );
}

/** The counts in a line, each with its word. */
function SmallFunnel({ t, funnel }: { t: LedgerTranslator; funnel: FunnelCounts }) {
  const stages = FUNNEL_STAGES.filter((stage) => stage !== 'issued');
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1">
      {stages.map((stage) => (
        <span key={stage} className="flex flex-col">
          <span className="font-semibold tabular-nums">{funnel[stage]}</span>
          <span className="text-xs text-ink-muted">{t(`batch.stage.${stage}`)}</span>
        </span>
      ))}
      {funnel.notConfirmed === 0 ? null : (
        <span className="flex flex-col">
          <span className="font-semibold text-warning tabular-nums">{funnel.notConfirmed}</span>
          <span className="text-xs text-ink-muted">{t('batch.notConfirmed')}</span>
        </span>
      )}
    </span>
  );
}
