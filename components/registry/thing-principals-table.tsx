import Link from 'next/link';
import { CertificateStatus } from '@/components/status/resource-status';
import { EmptyState } from '@/components/ui/empty-state';
import { Id } from '@/components/ui/id';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import type { Failure } from '@/lib/failure';
import type { CertificateDetail } from '@/lib/registry/device-certificate';
import type { Principal } from '@/lib/registry/principal';
import { DiagnosisLink } from './diagnosis-link';
import { certificateHref, policyHref } from './hrefs';
import type { RegistryTranslator } from './translator';

/** A principal; of a certificate what was read besides, as far as the environment's rate allowed. */
export type ThingPrincipalRow = {
  principal: Principal;
  certificate: CertificateDetail | undefined;
  policyNames: readonly string[] | undefined;
};

type ThingPrincipalsTableProps = {
  t: RegistryTranslator;
  environment: string;
  rows: readonly ThingPrincipalRow[];
  failure: Failure | undefined;
};

export function ThingPrincipalsTable({ t, environment, rows, failure }: ThingPrincipalsTableProps) {
  return (
    <ResourceTable
      label={t('thing.certificates')}
      rows={rows}
      rowKey={({ principal }) => principal.arn}
      failure={failure}
      empty={<EmptyState title={t('thing.noCertificates')}>{t('thing.noCertificatesText')}</EmptyState>}
      columns={[
        {
          id: 'certificate',
          header: t('thing.certificate'),
          isRowHeader: true,
          cell: ({ principal }) =>
            principal.kind === 'certificate' ? (
              <Id
                value={principal.certificateId}
                label={t('certificates.id')}
                href={certificateHref(environment, principal.certificateId)}
              />
            ) : (
              <Id value={principal.arn} label={t('thing.otherPrincipal')} />
            ),
        },
        {
          id: 'status',
          header: t('thing.status'),
          cell: ({ certificate }) =>
            certificate === undefined ? '–' : <CertificateStatus status={certificate.status} />,
        },
        {
          id: 'validUntil',
          header: t('thing.validUntil'),
          isSecondary: true,
          cell: ({ certificate }) =>
            certificate?.notAfter === undefined ? '–' : <TimeAgo at={certificate.notAfter.toISOString()} />,
        },
        {
          id: 'policies',
          header: t('thing.policies'),
          cell: ({ policyNames = [] }) => (
            <span className="inline-flex flex-wrap gap-x-3">
              {policyNames.length === 0
                ? '–'
                : policyNames.map((name) => (
                    <Link
                      key={name}
                      href={policyHref(environment, name)}
                      className="link font-mono text-xs wrap-anywhere"
                    >
                      {name}
                    </Link>
                  ))}
            </span>
          ),
        },
        {
          id: 'diagnosis',
          header: t('certificates.diagnosis'),
          cell: ({ principal }) =>
            principal.kind === 'certificate' ? (
              <DiagnosisLink t={t} environment={environment} certificateId={principal.certificateId} />
            ) : (
              '–'
            ),
        },
      ]}
    />
  );
}
