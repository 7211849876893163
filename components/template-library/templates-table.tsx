import Link from 'next/link';
import type { ReactNode } from 'react';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import type { Failure } from '@/lib/failure';
import { roleNameOf } from '@/lib/registry/iam-role';
import type {
  ProvisioningTemplateDetail,
  ProvisioningTemplateSummary,
  TemplateUsers,
} from '@/lib/registry/provisioning-template';
import { EnabledBadge, TemplateTypeBadge } from './template-badges';
import { templateHref } from './templates-query';
import type { TemplatesTranslator } from './templates-translator';
import { UserLinks } from './user-links';

/** Details and users are undefined where AWS's answer is missing, most often for want of calls. */
export type TemplateTableRow = ProvisioningTemplateSummary & {
  detail: ProvisioningTemplateDetail | undefined;
  users: TemplateUsers | undefined;
};

type TemplatesTableProps = {
  t: TemplatesTranslator;
  environment: string;
  rows: readonly TemplateTableRow[];
  empty: ReactNode;
  failure: Failure | undefined;
};

export function TemplatesTable({ t, environment, rows, empty, failure }: TemplatesTableProps) {
  return (
    <ResourceTable
      label={t('title')}
      rows={rows}
      rowKey={({ name }) => name}
      empty={empty}
      failure={failure}
      columns={[
        {
          id: 'name',
          header: t('column.name'),
          isRowHeader: true,
          cell: ({ name, description }) => (
            <>
              <Link href={templateHref(environment, name)} className="link font-mono wrap-anywhere">
                {name}
              </Link>
              {description === '' ? null : (
                <span className="block max-w-60 truncate text-xs font-normal text-ink-muted">
                  {description}
                </span>
              )}
            </>
          ),
        },
        {
          id: 'type',
          header: t('column.type'),
          cell: ({ type }) => <TemplateTypeBadge t={t} type={type} />,
        },
        {
          id: 'status',
          header: t('column.status'),
          cell: ({ isEnabled }) => <EnabledBadge t={t} isEnabled={isEnabled} />,
        },
        {
          id: 'version',
          header: t('column.version'),
          align: 'end',
          cell: ({ detail }) => (
            <span className="tabular-nums">{detail?.defaultVersionId ?? t('unread')}</span>
          ),
        },
        {
          id: 'users',
          header: t('column.users'),
          cell: ({ users }) => <UserLinks t={t} environment={environment} users={users} />,
        },
        {
          id: 'role',
          header: t('column.role'),
          isSecondary: true,
          cell: ({ detail }) => (
            <span title={detail?.roleArn} className="font-mono text-xs wrap-anywhere">
              {detail === undefined ? t('unread') : (roleNameOf(detail.roleArn) ?? detail.roleArn)}
            </span>
          ),
        },
        {
          id: 'modified',
          header: t('column.modified'),
          isSecondary: true,
          cell: ({ lastModifiedAt }) =>
            lastModifiedAt === undefined ? '–' : <TimeAgo at={lastModifiedAt.toISOString()} />,
        },
      ]}
    />
  );
}
