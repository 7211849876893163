import type { ReactNode } from 'react';
import { selectColumn } from '@/components/acts/select-column';
import { CertificateStatus } from '@/components/status/resource-status';
import { Id } from '@/components/ui/id';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import type { Failure } from '@/lib/failure';
import type { CertificateSummary } from '@/lib/registry/device-certificate';
import { DiagnosisLink } from './diagnosis-link';
import { certificateHref } from './hrefs';
import type { RegistryTranslator } from './translator';

type CertificatesTableProps = {
  t: RegistryTranslator;
  environment: string;
  certificates: readonly CertificateSummary[];
  empty: ReactNode;
  failure?: Failure | undefined;
  /** The table stands in a `SelectionScope`. */
  isSelectable?: boolean;
};

export function CertificatesTable({
  t,
  environment,
  certificates,
  empty,
  failure,
  isSelectable = false,
}: CertificatesTableProps) {
  return (
    <ResourceTable
      label={t('certificates.label')}
      rows={certificates}
      rowKey={({ certificateId }) => certificateId}
      empty={empty}
      failure={failure}
      columns={[
        ...(isSelectable
          ? [selectColumn(t('list.select'), (row: CertificateSummary) => row.certificateId)]
          : []),
        {
          id: 'id',
          header: t('certificates.id'),
          isRowHeader: true,
          cell: ({ certificateId }) => (
            <Id
              value={certificateId}
              label={t('certificates.id')}
              href={certificateHref(environment, certificateId)}
            />
          ),
        },
        {
          id: 'status',
          header: t('certificates.status'),
          cell: ({ status }) => <CertificateStatus status={status} />,
        },
        {
          id: 'mode',
          header: t('certificates.mode'),
          isSecondary: true,
          cell: ({ mode }) => t(`mode.${mode}`),
        },
        {
          id: 'created',
          header: t('certificates.created'),
          cell: ({ createdAt }) => (createdAt === undefined ? '–' : <TimeAgo at={createdAt.toISOString()} />),
        },
        {
          id: 'diagnosis',
          header: t('certificates.diagnosis'),
          cell: ({ certificateId }) => (
            <DiagnosisLink t={t} environment={environment} certificateId={certificateId} />
          ),
        },
      ]}
    />
  );
}
