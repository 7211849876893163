import Link from 'next/link';
import { deviceHref, replacementHref } from '@/components/registry/hrefs';
import { CertificateStatus } from '@/components/status/resource-status';
import { ResourceTable } from '@/components/ui/resource-table';
import { StatusBadge } from '@/components/ui/status-badge';
import type { HierarchyTranslator } from './hierarchy-translator';

export type RemainingDevice = { certificateId: string; name: string; state: string | undefined };

type RemainingDevicesProps = {
  t: HierarchyTranslator;
  environment: string;
  devices: readonly RemainingDevice[];
};

/** Devices that AWS has not shown active with a certificate of the new CA, each with the way to one. */
export function RemainingDevices({ t, environment, devices }: RemainingDevicesProps) {
  return (
    <ResourceTable
      label={t('rotation.remaining')}
      rows={devices}
      rowKey={({ certificateId }) => certificateId}
      empty={<p className="p-4 text-sm">{t('rotation.none-remaining')}</p>}
      columns={[
        {
          id: 'device',
          header: t('rotation.device'),
          isRowHeader: true,
          cell: ({ certificateId, name }) => (
            <Link href={deviceHref(environment, certificateId)} className="link wrap-anywhere">
              {name}
            </Link>
          ),
        },
        {
          id: 'state',
          header: t('rotation.state'),
          cell: ({ state }) =>
            state === undefined ? (
              <StatusBadge tone="info">{t('rotation.awaiting')}</StatusBadge>
            ) : (
              <CertificateStatus status={state} />
            ),
        },
        {
          id: 'act',
          header: t('rotation.new'),
          cell: ({ certificateId, state }) =>
            state === undefined ? null : (
              <Link href={replacementHref(environment, certificateId)} className="link">
                {t('rotation.replace')}
              </Link>
            ),
        },
      ]}
    />
  );
}
