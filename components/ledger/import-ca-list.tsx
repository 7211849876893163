import Link from 'next/link';
import type { DeviceTranslator } from '@/components/device/translator';
import { caHref } from '@/components/registry/hrefs';
import { CaStatus } from '@/components/status/resource-status';
import { EmptyState } from '@/components/ui/empty-state';
import { Id } from '@/components/ui/id';
import { LifeBar } from '@/components/ui/life-bar';
import { ResourceTable } from '@/components/ui/resource-table';
import type { Failure } from '@/lib/failure';
import type { IssuingCa } from '@/lib/registry/issuing-ca';
import type { Result } from '@/lib/result';
import { importHref } from './ledger-href';
import type { LedgerTranslator } from './ledger-translator';

type ImportCaListProps = {
  t: LedgerTranslator;
  device: DeviceTranslator;
  environment: string;
  page: Result<{ cas: readonly { caId: string; ca: IssuingCa | undefined }[] }, Failure>;
};

/** The CAs whose certificates may be imported: all of them, those that cannot issue any more among them. */
export function ImportCaList({ t, device, environment, page }: ImportCaListProps) {
  return (
    <ResourceTable
      label={device('chooseCa.label')}
      rows={page.ok ? page.value.cas : []}
      rowKey={({ caId }) => caId}
      failure={page.ok ? undefined : page.failure}
      empty={<EmptyState title={device('chooseCa.emptyTitle')}>{t('import.chooseCa')}</EmptyState>}
      columns={[
        {
          id: 'name',
          header: device('chooseCa.ca'),
          isRowHeader: true,
          cell: ({ caId, ca }) => (
            <Link
              href={importHref(environment, { ca: caId })}
              className="link inline-flex min-h-6 items-center wrap-anywhere"
            >
              {ca?.name || caId.slice(0, 8)}
            </Link>
          ),
        },
        {
          id: 'status',
          header: device('chooseCa.status'),
          cell: ({ ca }) => (ca === undefined ? '–' : <CaStatus status={ca.status} />),
        },
        {
          id: 'life',
          header: device('chooseCa.life'),
          isSecondary: true,
          cell: ({ ca }) => (ca === undefined ? '–' : <LifeBar from={ca.notBefore} to={ca.notAfter} />),
        },
        {
          id: 'id',
          header: device('chooseCa.id'),
          cell: ({ caId }) => (
            <Id value={caId} label={device('chooseCa.id')} href={caHref(environment, caId)} />
          ),
        },
      ]}
    />
  );
}
