import Link from 'next/link';
import type { ReactNode } from 'react';
import { caHref } from '@/components/registry/hrefs';
import type { RegistryTranslator } from '@/components/registry/translator';
import { AutoRegistrationStatus, CaStatus } from '@/components/status/resource-status';
import { Id } from '@/components/ui/id';
import { LifeBar } from '@/components/ui/life-bar';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import type { Failure } from '@/lib/failure';
import type { CaRowDetail, CaTableRow } from './ca-row';
import type { CaTranslator } from './ca-translator';
import { firstContactText } from './first-contact-text';

type CasTableProps = {
  t: CaTranslator;
  registry: RegistryTranslator;
  environment: string;
  rows: readonly CaTableRow[];
  empty: ReactNode;
  failure?: Failure | undefined;
};

export function CasTable({ t, registry, environment, rows, empty, failure }: CasTableProps) {
  /** What only DescribeCACertificate tells; said to be missing once per row, in its first such cell. */
  const known = (show: (detail: CaRowDetail) => ReactNode) => (row: CaTableRow) =>
    row.detail === undefined ? '–' : show(row.detail);
  return (
    <ResourceTable
      label={t('list.label')}
      rows={rows}
      rowKey={({ caId }) => caId}
      empty={empty}
      failure={failure}
      columns={[
        {
          id: 'name',
          header: t('list.name'),
          isRowHeader: true,
          cell: ({ caId, detail }) => (
            <span className="inline-flex min-w-0 flex-col items-start">
              {detail === undefined ? (
                <span className="text-xs font-normal text-ink-muted">{t('list.unread')}</span>
              ) : (
                <Link
                  href={caHref(environment, caId)}
                  className="link inline-flex min-h-6 items-center wrap-anywhere"
                  title={detail.subject}
                >
                  {detail.name}
                </Link>
              )}
              <span className="font-normal">
                <Id
                  value={caId}
                  label={t('list.id')}
                  {...(detail === undefined ? { href: caHref(environment, caId) } : {})}
                />
              </span>
            </span>
          ),
        },
        { id: 'status', header: t('list.status'), cell: ({ status }) => <CaStatus status={status} /> },
        {
          id: 'auto-registration',
          header: t('list.autoRegistration'),
          cell: known(({ autoRegistration }) => (
            <AutoRegistrationStatus status={autoRegistration ? 'ENABLE' : 'DISABLE'} />
          )),
        },
        {
          id: 'first-contact',
          header: t('list.firstContact'),
          cell: known(({ firstContact }) => firstContactText(t, firstContact)),
        },
        {
          id: 'mode',
          header: t('list.mode'),
          isSecondary: true,
          cell: known(({ mode }) => registry(`mode.${mode}`)),
        },
        {
          id: 'validity',
          header: t('list.validity'),
          cell: known(({ notBefore, notAfter }) =>
            notBefore === undefined || notAfter === undefined ? (
              '–'
            ) : (
              <span className="inline-block w-40">
                <LifeBar from={notBefore.toISOString()} to={notAfter.toISOString()} />
              </span>
            ),
          ),
        },
        {
          id: 'registered',
          header: t('list.registered'),
          isSecondary: true,
          cell: ({ createdAt }) => (createdAt === undefined ? '–' : <TimeAgo at={createdAt.toISOString()} />),
        },
      ]}
    />
  );
}
