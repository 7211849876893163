'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useActs } from '@/components/acts/acts-context';
import { SelectPage, SelectRow } from '@/components/acts/selection-scope';
import { caHref, deviceHref } from '@/components/registry/hrefs';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Id } from '@/components/ui/id';
import { type Column, ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import type { Attempt, Attempts, PendingLook } from '@/lib/registry/pending';
import type { PendingRow } from './pending-queue';

export type LookedRow = PendingRow & { look: PendingLook | undefined };

type PendingTableProps = {
  environment: string;
  rows: readonly LookedRow[];
  attempts: Attempts | undefined;
  isSelectable: boolean;
  isLooking: boolean;
};

export function PendingTable({ environment, rows, attempts, isSelectable, isLooking }: PendingTableProps) {
  const t = useTranslations('pending');
  const { may, propose } = useActs();
  const attemptOf = new Map(attempts?.seen.map((attempt) => [attempt.certificateId, attempt]));
  const waiting = (row: LookedRow) => (row.look?.kind === 'waiting' ? row.look : undefined);
  const select: Column<LookedRow> = {
    id: 'select',
    header: t('column.select'),
    headerContent: <SelectPage />,
    cell: (row) => (
      <SelectRow id={row.certificateId} name={waiting(row)?.subject?.text ?? row.certificateId} />
    ),
  };
  return (
    <ResourceTable
      label={t('title')}
      rows={rows}
      rowKey={({ certificateId }) => certificateId}
      empty={null}
      columns={[
        ...(isSelectable ? [select] : []),
        {
          id: 'device',
          header: t('column.device'),
          isRowHeader: true,
          cell: (row) => <DeviceCell environment={environment} row={row} isLooking={isLooking} />,
        },
        {
          id: 'ca',
          header: t('column.ca'),
          cell: (row) => <CaCell environment={environment} look={waiting(row)} />,
        },
        {
          id: 'attempts',
          header: t('column.attempts'),
          cell: ({ since, certificateId }) => (
            <AttemptsCell since={since} attempt={attemptOf.get(certificateId)} toldBy={attempts?.toldBy} />
          ),
        },
        {
          id: 'ledger',
          header: t('column.ledger'),
          cell: (row) => <LedgerCell look={waiting(row)} />,
        },
        ...(may.approve
          ? [
              {
                id: 'act',
                header: t('column.act'),
                cell: (row: LookedRow) => (
                  <Button
                    aria-label={t('approveOne', { name: waiting(row)?.subject?.text ?? row.certificateId })}
                    onPress={() =>
                      propose({
                        act: 'approve',
                        approval: waiting(row)?.ca?.approval,
                        subjects: [
                          { id: row.certificateId, name: waiting(row)?.subject?.commonName ?? undefined },
                        ],
                      })
                    }
                  >
                    {t('approve')}
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

type Waiting = Extract<PendingLook, { kind: 'waiting' }>;

function DeviceCell({
  environment,
  row,
  isLooking,
}: Pick<PendingTableProps, 'environment' | 'isLooking'> & { row: LookedRow }) {
  const t = useTranslations('pending');
  const { look, certificateId } = row;
  const subject = look?.kind === 'waiting' ? look.subject : undefined;
  return (
    <div className="flex flex-col gap-0.5">
      <span className="flex flex-wrap items-center gap-2">
        <Link
          href={deviceHref(environment, certificateId)}
          aria-label={t('deviceOf', { name: `${subject?.commonName ?? ''} ${certificateId}`.trim() })}
          className="link wrap-anywhere"
        >
          {subject?.commonName ?? t(look !== undefined ? 'unnamed' : isLooking ? 'reading' : 'unread')}
        </Link>
        {subject?.isExpired ? <Badge tone="danger">{t('expired')}</Badge> : null}
        {look?.kind === 'moved-on' ? <Badge>{t('movedOn')}</Badge> : null}
        {look?.kind === 'unread' ? <Badge tone="warning">{t('unread')}</Badge> : null}
      </span>
      {subject === undefined ? null : (
        <span className="text-xs font-normal text-ink-muted wrap-anywhere">{subject.text}</span>
      )}
      <span className="font-normal">
        <Id value={certificateId} label={t('column.id')} />
      </span>
    </div>
  );
}

function CaCell({ environment, look }: { environment: string; look: Waiting | undefined }) {
  const t = useTranslations('pending');
  if (look === undefined) return '–';
  if (look.ca === undefined) return t('noCa');
  const { caId, name, road } = look.ca;
  return (
    <div className="flex flex-col items-start gap-0.5">
      <Link href={caHref(environment, caId)} className="link wrap-anywhere">
        {name}
      </Link>
      <Badge tone={road === 'jitr' ? 'neutral' : 'warning'}>{t(`road.${road}`)}</Badge>
      <span className="text-xs text-ink-muted">{t(`roadText.${road}`)}</span>
      {look.objections.length === 0 ? null : (
        <div className="text-xs text-warning">
          <p className="font-medium">{t('objections')}</p>
          <ul className="list-disc pl-4">
            {look.objections.map(({ code, value = '' }) => (
              <li key={`${code} ${value}`} className="wrap-anywhere">
                {t(`objection.${code}`, { value })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

type AttemptsCellProps = {
  since: string;
  attempt: Attempt | undefined;
  toldBy: Attempts['toldBy'] | undefined;
};

const UNSEEN = { sandbox: 'lastForgotten', console: 'lastUnheard' } as const;

/** The first is the registration, which AWS knows; the last is known to whoever listened. */
function AttemptsCell({ since, attempt, toldBy }: AttemptsCellProps) {
  const t = useTranslations('pending');
  return (
    <div className="flex flex-col gap-0.5">
      <span>{t.rich('first', { time: () => <TimeAgo at={since} /> })}</span>
      <span>
        {attempt === undefined
          ? t(toldBy === undefined ? 'lastUnknown' : UNSEEN[toldBy])
          : t.rich(toldBy === 'console' ? 'lastHeard' : 'last', {
              time: () => <TimeAgo at={attempt.lastAt} />,
              since: () => <TimeAgo at={attempt.firstAt} />,
              count: attempt.count,
            })}
      </span>
    </div>
  );
}

function LedgerCell({ look }: { look: Waiting | undefined }) {
  const t = useTranslations('pending');
  if (look === undefined) return '–';
  if (look.ledger === undefined) return <span className="text-warning">{t('notIssuedHere')}</span>;
  const { origin, reservedAt, operatorName, batch } = look.ledger;
  return (
    <div className="flex flex-col gap-0.5">
      <span>{t.rich(`from.${origin}`, { name: operatorName, time: () => <TimeAgo at={reservedAt} /> })}</span>
      {batch === undefined ? null : <span className="text-xs text-ink-muted">{t('batch', { batch })}</span>}
    </div>
  );
}
