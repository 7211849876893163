import Link from 'next/link';
import type { ReactNode } from 'react';
import { selectColumn } from '@/components/acts/select-column';
import { caHref, deviceHref } from '@/components/registry/hrefs';
import { CertificateStatus } from '@/components/status/resource-status';
import { Id } from '@/components/ui/id';
import { LifeBar } from '@/components/ui/life-bar';
import { ResourceTable } from '@/components/ui/resource-table';
import { StatusBadge } from '@/components/ui/status-badge';
import { TimeAgo } from '@/components/ui/time-ago';
import type { Failure } from '@/lib/failure';
import { DeliveryStatus } from './delivery-status';
import type { DELIVERIES } from './devices-query';
import type { DeviceTranslator } from './translator';

/** A row of the ledger; times are ISO 8601. */
export type ListedDevice = {
  certificateId: string;
  commonName: string;
  /** The thing it was last seen attached to. */
  thingName: string | undefined;
  /** Undefined: registered without one, or made by AWS. */
  caId: string | undefined;
  operatorName: string;
  /** How the row came to be; left out: issued here. */
  origin?: 'issued' | 'pem' | 'csv' | 'sweep' | undefined;
  issuedAt: string;
  notBefore: string;
  notAfter: string;
  delivery: (typeof DELIVERIES)[number];
  lastSeen: { state: string; at: string } | undefined;
};

type DevicesTableProps = {
  t: DeviceTranslator;
  environment: string;
  devices: readonly ListedDevice[];
  /** The line that names a device's thing, where that is called otherwise than the device. */
  thingLine: (name: string) => ReactNode;
  empty: ReactNode;
  /** Why they could not be read. */
  failure?: Failure | undefined;
  /** The word above the boxes, where the table stands in a `SelectionScope`. */
  select?: string | undefined;
};

export function DevicesTable({
  t,
  environment,
  devices,
  thingLine,
  empty,
  failure,
  select,
}: DevicesTableProps) {
  return (
    <ResourceTable
      label={t('list.label')}
      rows={devices}
      rowKey={({ certificateId }) => certificateId}
      empty={empty}
      failure={failure}
      columns={[
        ...(select === undefined
          ? []
          : [
              selectColumn(
                select,
                ({ certificateId }: ListedDevice) => certificateId,
                ({ commonName, certificateId }) => commonName || certificateId,
              ),
            ]),
        {
          id: 'name',
          header: t('list.device'),
          isRowHeader: true,
          cell: ({ certificateId, commonName, thingName }) => (
            <span className="flex flex-col items-start font-normal">
              <Link
                href={deviceHref(environment, certificateId)}
                className="link inline-flex min-h-6 items-center font-medium wrap-anywhere"
              >
                {commonName || t('list.noName', { id: certificateId.slice(0, 8) })}
              </Link>
              {thingName === undefined || thingName === commonName ? null : (
                <span className="text-xs text-ink-muted wrap-anywhere">{thingLine(thingName)}</span>
              )}
              <Id value={certificateId} label={t('list.certificateId')} />
            </span>
          ),
        },
        {
          id: 'state',
          header: t('list.lastSeen'),
          cell: ({ lastSeen }) => <LastSeen t={t} lastSeen={lastSeen} />,
        },
        {
          id: 'delivery',
          header: t('list.delivery'),
          // Who was made elsewhere had no bundle of ours.
          cell: ({ delivery, origin = 'issued' }) =>
            origin === 'issued' ? <DeliveryStatus delivery={delivery} /> : '–',
        },
        {
          id: 'issued',
          header: t('list.issued'),
          cell: ({ issuedAt, operatorName, origin }) => (
            <span className="flex flex-col">
              <TimeAgo at={issuedAt} />
              <span className="text-xs text-ink-muted">{whoIssued(t, { operatorName, origin })}</span>
            </span>
          ),
        },
        {
          id: 'life',
          header: t('list.expiry'),
          isSecondary: true,
          cell: ({ notBefore, notAfter }) => <LifeBar from={notBefore} to={notAfter} />,
        },
        {
          id: 'ca',
          header: t('list.ca'),
          isSecondary: true,
          cell: ({ caId }) =>
            caId === undefined ? (
              t('list.noCa')
            ) : (
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

/** Whom the ledger has the row from. */
export function whoIssued(
  t: DeviceTranslator,
  { operatorName, origin }: Pick<ListedDevice, 'operatorName' | 'origin'>,
): string {
  if (origin === 'sweep') return t('list.bySweep');
  return origin === 'pem' || origin === 'csv' ? t('list.byImport', { name: operatorName }) : operatorName;
}

function LastSeen({ t, lastSeen }: { t: DeviceTranslator; lastSeen: ListedDevice['lastSeen'] }) {
  if (lastSeen === undefined) return <StatusBadge tone="info">{t('list.awaiting')}</StatusBadge>;
  return (
    <span className="flex flex-col">
      <CertificateStatus status={lastSeen.state} />
      <span className="text-xs text-ink-muted">
        <TimeAgo at={lastSeen.at} />
      </span>
    </span>
  );
}
