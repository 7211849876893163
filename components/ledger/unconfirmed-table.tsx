'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { deviceHref } from '@/components/registry/hrefs';
import { CertificateStatus } from '@/components/status/resource-status';
import { type Column, ResourceTable } from '@/components/ui/resource-table';
import { SelectBox } from '@/components/ui/select-box';
import { TimeAgo } from '@/components/ui/time-ago';

/** A device of which nobody knows whether anyone has its bundle. Times are ISO 8601. */
export type UnconfirmedDevice = {
  certificateId: string;
  commonName: string;
  issuedAt: string;
  lastSeenState: string | undefined;
};

type UnconfirmedTableProps = {
  environment: string;
  devices: readonly UnconfirmedDevice[];
  /** Certificate ids; undefined: nothing can be picked. */
  picked: ReadonlySet<string> | undefined;
  onPick: (picked: ReadonlySet<string>) => void;
};

/** A page of them, to be picked from. */
export function UnconfirmedTable({ environment, devices, picked, onPick }: UnconfirmedTableProps) {
  const t = useTranslations('ledger-work.batch');
  const columns: Column<UnconfirmedDevice>[] = [
    {
      id: 'device',
      header: t('device'),
      isRowHeader: true,
      cell: ({ certificateId, commonName }) => (
        <Link
          href={deviceHref(environment, certificateId)}
          className="link inline-flex min-h-6 items-center wrap-anywhere"
        >
          {commonName || certificateId.slice(0, 8)}
        </Link>
      ),
    },
    { id: 'issued', header: t('issued'), cell: ({ issuedAt }) => <TimeAgo at={issuedAt} /> },
    {
      id: 'seen',
      header: t('lastSeen'),
      cell: ({ lastSeenState }) =>
        lastSeenState === undefined ? (
          <span className="text-ink-muted">{t('neverSeen')}</span>
        ) : (
          <CertificateStatus status={lastSeenState} />
        ),
    },
  ];
  return (
    <ResourceTable
      label={t('notConfirmedLabel')}
      rows={devices}
      rowKey={({ certificateId }) => certificateId}
      empty={null}
      columns={picked === undefined ? columns : [pickColumn(t, { devices, picked, onPick }), ...columns]}
    />
  );
}

type Picking = Pick<UnconfirmedTableProps, 'devices' | 'onPick'> & { picked: ReadonlySet<string> };

function pickColumn(
  t: ReturnType<typeof useTranslations<'ledger-work.batch'>>,
  { devices, picked, onPick }: Picking,
): Column<UnconfirmedDevice> {
  const isAll = picked.size === devices.length;
  return {
    id: 'pick',
    header: t('choice'),
    headerContent: (
      <SelectBox
        label={t('pickAll')}
        isSelected={isAll}
        isPartial={picked.size > 0}
        onToggle={() => onPick(new Set(isAll ? [] : devices.map(({ certificateId }) => certificateId)))}
      />
    ),
    cell: ({ certificateId, commonName }) => (
      <SelectBox
        label={t('pick', { name: commonName || certificateId.slice(0, 8) })}
        isSelected={picked.has(certificateId)}
        onToggle={() => {
          const next = new Set(picked);
          if (!next.delete(certificateId)) next.add(certificateId);
          onPick(next);
        }}
      />
    ),
  };
}
