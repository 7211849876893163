'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useActs } from '@/components/acts/acts-context';
import { useFindingWords } from '@/components/diagnosis/use-finding-words';
import { caHref, deviceHref } from '@/components/registry/hrefs';
import { CertificateStatus } from '@/components/status/resource-status';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Id } from '@/components/ui/id';
import { LinkButton } from '@/components/ui/link-button';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import { type GroupedRow, type StuckGroup, safeActOf } from './stuck-groups';

/** Rows that a group shows at first, and more at each press. */
const ROWS_STEP = 25;

type StuckGroupCardProps = { environment: string; group: StuckGroup };

/** One cause with its remedy, who can do it, the safe act, and the devices, each with the way to its ladder. */
export function StuckGroupCard({ environment, group }: StuckGroupCardProps) {
  const t = useTranslations('stuck');
  const words = useFindingWords();
  const [shownCount, setShownCount] = useState(ROWS_STEP);
  const { kind, cause, caId, rows } = group;
  const title =
    cause === undefined ? t(`group.${kind === 'cause' ? 'none' : kind}.title`) : words.cause(cause);
  return (
    <Card
      title={title}
      aside={t('devices', { count: rows.length })}
      actions={<SafeActButton environment={environment} group={group} />}
      isFlush
    >
      <div className="flex flex-col gap-2 border-b border-line px-4 py-3 text-sm">
        {cause === undefined ? (
          <p className="text-ink-muted">{t(`group.${kind === 'cause' ? 'none' : kind}.text`)}</p>
        ) : (
          <Remedy group={group} />
        )}
        {caId === undefined ? null : (
          <p className="flex flex-wrap items-center gap-x-2">
            <span className="text-ink-muted">{t('ofCa')}</span>
            <Id value={caId} label={t('ofCa')} href={caHref(environment, caId)} />
          </p>
        )}
      </div>
      <ResourceTable
        label={title}
        rows={rows.slice(0, shownCount)}
        rowKey={({ certificateId }) => certificateId}
        empty={null}
        columns={[
          {
            id: 'device',
            header: t('column.device'),
            isRowHeader: true,
            cell: (row) => <DeviceLink environment={environment} row={row} />,
          },
          {
            id: 'id',
            header: t('column.id'),
            cell: ({ certificateId }) => <Id value={certificateId} label={t('column.id')} />,
          },
          {
            id: 'status',
            header: t('column.status'),
            isSecondary: true,
            cell: ({ status }) => <CertificateStatus status={status} />,
          },
          { id: 'since', header: t('column.since'), cell: ({ since }) => <TimeAgo at={since} /> },
        ]}
      />
      {rows.length > shownCount ? (
        <div className="border-t border-line px-4 py-2">
          <Button variant="quiet" onPress={() => setShownCount(shownCount + ROWS_STEP)}>
            {t('showMore', { count: rows.length - shownCount })}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function DeviceLink({ environment, row }: { environment: string; row: GroupedRow }) {
  const t = useTranslations('stuck');
  const name = row.commonName ?? t('unnamed');
  return (
    <Link
      href={deviceHref(environment, row.certificateId)}
      aria-label={t('ladderOf', { name: `${name} ${row.certificateId}` })}
      className="link wrap-anywhere"
    >
      {name}
    </Link>
  );
}

function Remedy({ group: { cause, isVaried } }: { group: StuckGroup }) {
  const t = useTranslations('stuck');
  const diagnosis = useTranslations('diagnosis');
  if (cause === undefined) return null;
  return (
    <>
      <p className="text-ink-muted">
        {t('who', {
          certainty: diagnosis(`certainty.${cause.certainty}`),
          who: diagnosis(`who.${cause.who}`),
        })}
        {isVaried ? ` ${t('firstOfMany')}` : ''}
      </p>
      <ol className="list-decimal pl-5">
        {cause.remedy.map((code) => (
          <li key={code}>{diagnosis(`remedy.${code}`)}</li>
        ))}
      </ol>
    </>
  );
}

/** An act that can be taken back, or the place where the cause is put right. */
function SafeActButton({ environment, group }: StuckGroupCardProps) {
  const t = useTranslations('stuck.safe');
  const { may, propose } = useActs();
  const safe = safeActOf(group);
  if (safe.kind === 'act') {
    if (!may[safe.act]) return null;
    const subjects = group.rows.map(({ certificateId, commonName, status }) => ({
      id: certificateId,
      name: commonName,
      status,
    }));
    return (
      <Button onPress={() => propose({ act: safe.act, subjects })}>
        {t(safe.act === 'activate' ? 'activate' : 'deactivate', { count: subjects.length })}
      </Button>
    );
  }
  if (safe.kind === 'ca' && group.caId !== undefined) {
    return <LinkButton href={caHref(environment, group.caId)}>{t('ca')}</LinkButton>;
  }
  return safe.kind === 'device' ? <span className="text-sm text-ink-muted">{t('device')}</span> : null;
}
