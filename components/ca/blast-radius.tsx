'use client';

import { useTranslations } from 'use-intl';
import { ResourceTable } from '@/components/ui/resource-table';
import { StatusBadge } from '@/components/ui/status-badge';
import { TimeAgo } from '@/components/ui/time-ago';
import type { Tone } from '@/components/ui/tone';
import type { CaImpact } from '@/lib/registry/ca-impact';

type Row = { id: 'active' | 'pending' | 'unseen' | 'out'; count: string; effect: string; tone: Tone };

/** Whom it hits when a CA is switched off, and whom not; with where the numbers come from. */
export function BlastRadius({ impact: { aws, ledger } }: { impact: CaImpact }) {
  const t = useTranslations('hierarchy.impact');
  const counted = (count: number | undefined, isPartial = false) =>
    count === undefined ? t('unread') : isPartial ? t('atLeast', { count }) : String(count);
  const rows: Row[] = [
    { id: 'active', count: counted(aws?.active, aws?.isPartial), effect: t('keep'), tone: 'positive' },
    {
      id: 'unseen',
      count: counted(ledger?.neverSeen, ledger?.isPartial),
      effect: t('fail'),
      tone: ledger?.neverSeen === 0 ? 'neutral' : 'danger',
    },
    {
      id: 'pending',
      count: counted(aws?.pending, aws?.isPartial),
      effect: t('unknownPending'),
      tone: aws?.pending === 0 ? 'neutral' : 'warning',
    },
    { id: 'out', count: counted(aws?.out, aws?.isPartial), effect: t('stayOut'), tone: 'neutral' },
  ];
  return (
    <section aria-label={t('title')} className="flex flex-col gap-1.5">
      <p className="font-medium">{t('title')}</p>
      <div className="rounded-md border border-line">
        <ResourceTable
          label={t('label')}
          rows={rows}
          rowKey={({ id }) => id}
          empty={null}
          columns={[
            { id: 'what', header: t('what'), isRowHeader: true, cell: ({ id }) => t(id) },
            {
              id: 'count',
              header: t('count'),
              align: 'end',
              cell: ({ count }) => <span className="tabular-nums">{count}</span>,
            },
            {
              id: 'effect',
              header: t('effect'),
              cell: ({ effect, tone }) => <StatusBadge tone={tone}>{effect}</StatusBadge>,
            },
          ]}
        />
      </div>
      <ul className="text-xs text-ink-muted">
        {aws === undefined ? null : (
          <li>{t.rich('sourceAws', { when: () => <TimeAgo at={aws.readAt} /> })}</li>
        )}
        {ledger === undefined ? null : (
          <li>
            {ledger.lastHeardAt === undefined
              ? t('sourceLedgerNever')
              : t.rich('sourceLedger', { when: () => <TimeAgo at={ledger.lastHeardAt ?? ''} /> })}
          </li>
        )}
      </ul>
    </section>
  );
}
