import type { Metadata } from 'next';
import { issueBatchHref } from '@/components/batch/batch-href';
import { devicesHref, issueHref, parseDevicesQuery } from '@/components/device/devices-query';
import { DevicesTable } from '@/components/device/devices-table';
import { toListedDevice } from '@/components/device/to-listed-device';
import type { DeviceTranslator } from '@/components/device/translator';
import { ListPanel } from '@/components/registry/list-panel';
import { PageSizes } from '@/components/registry/page-sizes';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterForm } from '@/components/ui/filter-form';
import { LinkButton } from '@/components/ui/link-button';
import { ListToolbar } from '@/components/ui/list-toolbar';
import { PageHeader } from '@/components/ui/page-header';
import { PageLinks } from '@/components/ui/page-links';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { counts, list } from '@/lib/ledger/read';
import { getTranslations } from '@/lib/locale/get-translations';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('device');
  return { title: t('list.title') };
}

export default async function DevicesPage({ params, searchParams }: PageProps<'/e/[environment]/devices'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('device:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const query = parseDevicesQuery(await searchParams);
  const [t, batch, ui, { issued }, { rows, next }] = await Promise.all([
    getTranslations('device'),
    getTranslations('batch'),
    getTranslations('ui'),
    counts(environment.id),
    list(environment.id, { query: query.query, cursor: query.token, pageSize: query.size }),
  ]);
  const mayIssue = can(operator, 'device:issue', { environment: environment.id });
  const first = { ...query, token: undefined };
  return (
    <>
      <PageHeader
        title={t('list.title')}
        aside={<span className="tabular-nums">{t('list.count', { count: issued })}</span>}
        description={t('list.description')}
        actions={
          mayIssue && issued > 0 ? (
            <>
              <LinkButton href={issueBatchHref(environment.id, {})}>{batch('open')}</LinkButton>
              <LinkButton variant="primary" href={issueHref(environment.id, {})}>
                {t('list.issue')}
              </LinkButton>
            </>
          ) : undefined
        }
      />
      <ListPanel>
        <ListToolbar
          readAt={new Date().toISOString()}
          filter={
            <FilterForm
              action={devicesHref(environment.id, {})}
              name="query"
              label={t('list.filter')}
              value={query.query}
              placeholder={t('list.filterShort')}
              keep={{ size: String(query.size) }}
            />
          }
        >
          <PageSizes
            label={t('list.pageSize')}
            current={query.size}
            hrefOf={(size) => devicesHref(environment.id, { ...first, size })}
          />
        </ListToolbar>
        <DevicesTable
          t={t}
          environment={environment.id}
          devices={rows.map(toListedDevice)}
          empty={
            issued > 0 ? (
              <EmptyState
                title={t('list.nothingTitle')}
                action={<LinkButton href={devicesHref(environment.id, {})}>{ui('clearFilter')}</LinkButton>}
              >
                {t('list.nothingText')}
              </EmptyState>
            ) : (
              <NoDevicesYet t={t} environment={environment.id} mayIssue={mayIssue} />
            )
          }
        />
        <PageLinks
          nextHref={next === undefined ? undefined : devicesHref(environment.id, { ...query, token: next })}
          firstHref={query.token === undefined ? undefined : devicesHref(environment.id, first)}
        />
      </ListPanel>
    </>
  );
}

type NoDevicesYetProps = { t: DeviceTranslator; environment: string; mayIssue: boolean };

function NoDevicesYet({ t, environment, mayIssue }: NoDevicesYetProps) {
  return (
    <EmptyState
      title={t('list.emptyTitle')}
      action={
        mayIssue ? (
          <LinkButton variant="primary" href={issueHref(environment, {})}>
            {t('list.issue')}
          </LinkButton>
        ) : undefined
      }
    >
      {t('list.emptyText')}
    </EmptyState>
  );
}
