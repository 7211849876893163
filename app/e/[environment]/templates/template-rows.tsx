import type { ReactNode } from 'react';
import { CsvButton } from '@/components/registry/csv-button';
import { PageSizes } from '@/components/registry/page-sizes';
import type { RegistryTranslator } from '@/components/registry/translator';
import {
  editorHref,
  type TemplatesQuery,
  templatesHref,
} from '@/components/template-library/templates-query';
import { TemplatesTable, type TemplateTableRow } from '@/components/template-library/templates-table';
import type { TemplatesTranslator } from '@/components/template-library/templates-translator';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { ListToolbar } from '@/components/ui/list-toolbar';
import { Notice } from '@/components/ui/notice';
import { PageLinks } from '@/components/ui/page-links';
import type { TemplateRow } from '@/lib/aws/iot/provisioning-templates';
import type { Failure } from '@/lib/failure';
import type { Page } from '@/lib/registry/page';
import type { Result } from '@/lib/result';

type TemplateRowsProps = {
  t: TemplatesTranslator;
  registry: RegistryTranslator;
  environment: string;
  query: TemplatesQuery;
  page: Promise<Result<Page<TemplateRow>, Failure>>;
  maySave: boolean;
  /** The way to one template by its exact name. */
  lookUp: ReactNode;
};

/** The rows, or what stands in their place, with the toolbar above and the pages below. */
export async function TemplateRows(props: TemplateRowsProps) {
  const { t, registry, environment, query, page, maySave, lookUp } = props;
  const read = await page;
  const rows = read.ok ? read.value.items.map(toTableRow) : [];
  const nextToken = read.ok ? read.value.nextToken : undefined;
  const unread = rows.filter(({ detail, users }) => detail === undefined || users === undefined).length;
  return (
    <>
      <ListToolbar readAt={new Date().toISOString()} filter={lookUp}>
        <PageSizes
          label={registry('list.pageSize')}
          current={query.size}
          hrefOf={(size) => templatesHref(environment, { size })}
        />
        <CsvButton fileName={`templates-${environment}`} {...csvOf(rows)} />
      </ListToolbar>
      {unread === 0 ? null : (
        <div className="border-b border-line px-4 py-2">
          <Notice tone="info" title={t('unreadTitle', { count: unread })}>
            <p>{t('unreadText')}</p>
          </Notice>
        </div>
      )}
      <TemplatesTable
        t={t}
        environment={environment}
        rows={rows}
        failure={read.ok ? undefined : read.failure}
        empty={
          <EmptyState
            title={t('emptyTitle')}
            action={maySave ? <LinkButton href={editorHref(environment)}>{t('new')}</LinkButton> : undefined}
          >
            {t('emptyText')}
          </EmptyState>
        }
      />
      <PageLinks
        nextHref={
          nextToken === undefined
            ? undefined
            : templatesHref(environment, { size: query.size, token: nextToken })
        }
        firstHref={query.token === undefined ? undefined : templatesHref(environment, { size: query.size })}
      />
    </>
  );
}

const toTableRow = ({ detail, users, ...summary }: TemplateRow): TemplateTableRow => ({
  ...summary,
  detail: detail.ok ? detail.value : undefined,
  users: users.ok ? users.value : undefined,
});

function csvOf(rows: readonly TemplateTableRow[]) {
  return {
    header: [
      'name',
      'type',
      'enabled',
      'defaultVersionId',
      'roleArn',
      'caIds',
      'lastModified',
      'created',
      'arn',
    ],
    rows: rows.map(({ name, type, isEnabled, detail, users, lastModifiedAt, createdAt, arn }) => [
      name,
      type,
      String(isEnabled),
      String(detail?.defaultVersionId ?? ''),
      detail?.roleArn ?? '',
      users?.caIds.join(' ') ?? '',
      lastModifiedAt?.toISOString() ?? '',
      createdAt?.toISOString() ?? '',
      arn,
    ]),
  };
}
