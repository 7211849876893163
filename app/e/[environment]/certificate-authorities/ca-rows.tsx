import { type CaTableRow, matchesFilter } from '@/components/ca/ca-row';
import type { CaTranslator } from '@/components/ca/ca-translator';
import { type CasQuery, casHref } from '@/components/ca/cas-query';
import { CasTable } from '@/components/ca/cas-table';
import { registerCaHref } from '@/components/ca/hrefs';
import { CsvButton } from '@/components/registry/csv-button';
import { PageSizes } from '@/components/registry/page-sizes';
import type { RegistryTranslator } from '@/components/registry/translator';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterForm } from '@/components/ui/filter-form';
import { LinkButton } from '@/components/ui/link-button';
import { ListToolbar } from '@/components/ui/list-toolbar';
import { Notice } from '@/components/ui/notice';
import { PageLinks } from '@/components/ui/page-links';
import type { Failure } from '@/lib/failure';
import { getTranslations } from '@/lib/locale/get-translations';
import type { CaDetail, CaSummary } from '@/lib/registry/certificate-authority';
import type { Page } from '@/lib/registry/page';
import type { Result } from '@/lib/result';
import { toCaTableRow } from './to-ca-table-row';

type CaRowsProps = {
  t: CaTranslator;
  registry: RegistryTranslator;
  environment: string;
  query: CasQuery;
  page: Promise<Result<Page<CaSummary & { detail: Result<CaDetail, Failure> }>, Failure>>;
  mayRegister: boolean;
};

/** The rows, or what stands in their place, with the toolbar above and the pages below. */
export async function CaRows({ t, registry, environment, query, page, mayRegister }: CaRowsProps) {
  const read = await page;
  const all = read.ok ? await Promise.all(read.value.items.map(toCaTableRow)) : [];
  const { filter } = query;
  const rows = filter === undefined ? all : all.filter((row) => matchesFilter(row, filter));
  const nextToken = read.ok ? read.value.nextToken : undefined;
  const unread = all.filter(({ detail }) => detail === undefined).length;
  const isOnePageOfMany = nextToken !== undefined || query.token !== undefined;
  return (
    <>
      <ListToolbar
        readAt={new Date().toISOString()}
        filter={
          <FilterForm
            action={casHref(environment, {})}
            name="filter"
            label={t('list.filter')}
            value={filter}
            keep={{
              size: String(query.size),
              ...(query.token === undefined ? {} : { token: query.token }),
            }}
          />
        }
      >
        <PageSizes
          label={registry('list.pageSize')}
          current={query.size}
          hrefOf={(size) => casHref(environment, { filter, size })}
        />
        <CsvButton fileName={`certificate-authorities-${environment}`} {...csvOf(rows)} />
      </ListToolbar>
      {unread === 0 && (filter === undefined || !isOnePageOfMany) ? null : (
        <div className="flex flex-col gap-2 border-b border-line px-4 py-2">
          {unread === 0 ? null : (
            <Notice tone="info" title={t('list.unreadTitle', { count: unread })}>
              <p>{t('list.unreadText')}</p>
            </Notice>
          )}
          {filter !== undefined && isOnePageOfMany ? (
            <p className="text-xs text-ink-muted">{t('list.filterPage')}</p>
          ) : null}
        </div>
      )}
      <CasTable
        t={t}
        registry={registry}
        environment={environment}
        rows={rows}
        failure={read.ok ? undefined : read.failure}
        empty={
          <Nothing
            t={t}
            environment={environment}
            query={query}
            hasRows={all.length > 0}
            mayRegister={mayRegister}
          />
        }
      />
      <PageLinks
        nextHref={nextToken === undefined ? undefined : casHref(environment, { ...query, token: nextToken })}
        firstHref={
          query.token === undefined ? undefined : casHref(environment, { ...query, token: undefined })
        }
      />
    </>
  );
}

function csvOf(rows: readonly CaTableRow[]) {
  return {
    header: ['caId', 'name', 'status', 'autoRegistration', 'provisioning', 'mode', 'notAfter', 'created'],
    rows: rows.map(({ caId, status, createdAt, detail }) => [
      caId,
      detail?.name ?? '',
      status,
      detail === undefined ? '' : detail.autoRegistration ? 'ENABLE' : 'DISABLE',
      detail?.firstContact.kind ?? '',
      detail?.mode ?? '',
      detail?.notAfter?.toISOString() ?? '',
      createdAt?.toISOString() ?? '',
    ]),
  };
}

type NothingProps = {
  t: CaTranslator;
  environment: string;
  query: CasQuery;
  /** There are rows, and the filter leaves none. */
  hasRows: boolean;
  mayRegister: boolean;
};

async function Nothing({ t, environment, query, hasRows, mayRegister }: NothingProps) {
  if (hasRows || query.token !== undefined || query.filter !== undefined) {
    const ui = await getTranslations('ui');
    return (
      <EmptyState
        title={t('list.nothingTitle')}
        action={
          <LinkButton href={casHref(environment, { size: query.size })}>{ui('clearFilter')}</LinkButton>
        }
      >
        {t('list.nothingText')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t('list.emptyTitle')}
      action={
        mayRegister ? (
          <LinkButton variant="primary" href={registerCaHref(environment)}>
            {t('register')}
          </LinkButton>
        ) : undefined
      }
    >
      {t(mayRegister ? 'list.emptyText' : 'list.emptyReader')}
    </EmptyState>
  );
}
