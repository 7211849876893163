import type { Metadata } from 'next';
import { SelectionBar } from '@/components/acts/selection-bar';
import { SelectionScope } from '@/components/acts/selection-scope';
import { issueBatchHref } from '@/components/batch/batch-href';
import {
  devicesHref,
  isFiltered,
  issueHref,
  parseDevicesQuery,
  selectionHref,
  toLedgerFilter,
} from '@/components/device/devices-query';
import { DevicesTable } from '@/components/device/devices-table';
import { toDeviceSubject } from '@/components/device/to-device-subject';
import { toListedDevice } from '@/components/device/to-listed-device';
import type { DeviceTranslator } from '@/components/device/translator';
import { ExportLinks } from '@/components/ledger/export-links';
import { LedgerFilter } from '@/components/ledger/ledger-filter';
import { ListPanel } from '@/components/registry/list-panel';
import { PageSizes } from '@/components/registry/page-sizes';
import { LiveChanges } from '@/components/status/live/live-changes';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { ListToolbar } from '@/components/ui/list-toolbar';
import { PageHeader } from '@/components/ui/page-header';
import { PageLinks } from '@/components/ui/page-links';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { counts } from '@/lib/ledger/counts';
import { searchLedger } from '@/lib/ledger/search-pages';
import { getTranslations } from '@/lib/locale/get-translations';

const ACTS = ['activate', 'deactivate', 'revoke', 'delete-certificate'] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('device');
  return { title: t('list.title') };
}

export default async function DevicesPage({ params, searchParams }: PageProps<'/e/[environment]/devices'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('device:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const query = parseDevicesQuery(await searchParams);
  const now = new Date();
  const [t, registry, ledger, batch, ui, { issued }, found] = await Promise.all([
    getTranslations('device'),
    getTranslations('registry'),
    getTranslations('ledger'),
    getTranslations('batch'),
    getTranslations('ui'),
    counts(environment.id),
    searchLedger(environment.id, {
      filter: toLedgerFilter(query, now),
      cursor: query.token,
      pageSize: query.size,
      now,
    }),
  ]);
  const mayIssue = can(operator, 'device:issue', { environment: environment.id });
  const mayAct = can(operator, 'certificate:update', { environment: environment.id });
  const first = { ...query, token: undefined };
  const { rows, next, order } = found.ok ? found.value : NOTHING_FOUND;
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
        <LedgerFilter environment={environment.id} query={query} />
        <ListToolbar
          readAt={now.toISOString()}
          live={
            <LiveChanges
              environment={environment.id}
              topic={{ kinds: ['registered', 'certificate'] }}
              readAt={now.toISOString()}
            />
          }
          filter={rows.length > 0 ? <ExportLinks environment={environment.id} query={query} /> : undefined}
        >
          <PageSizes
            label={t('list.pageSize')}
            current={query.size}
            hrefOf={(size) => devicesHref(environment.id, { ...first, size })}
          />
        </ListToolbar>
        {order === 'newest' || rows.length === 0 ? null : (
          <p className="border-b border-line px-4 py-2 text-sm text-ink-muted">{ledger(`order.${order}`)}</p>
        )}
        <SelectionScope list="devices" rows={rows.map(toDeviceSubject)}>
          {mayAct && rows.length > 0 ? (
            <SelectionBar list="devices" acts={ACTS} allUrl={selectionHref(environment.id, query)} />
          ) : null}
          <DevicesTable
            t={t}
            select={mayAct ? registry('list.select') : undefined}
            thingLine={(name) => ledger('thing', { name })}
            failure={found.ok ? undefined : found.failure}
            environment={environment.id}
            devices={rows.map(toListedDevice)}
            empty={
              issued > 0 || isFiltered(query) ? (
                <EmptyState
                  title={t('list.nothingTitle')}
                  action={<LinkButton href={devicesHref(environment.id, {})}>{ui('clearFilter')}</LinkButton>}
                >
                  {ledger('nothing')}
                </EmptyState>
              ) : (
                <NoDevicesYet t={t} environment={environment.id} mayIssue={mayIssue} />
              )
            }
          />
        </SelectionScope>
        <PageLinks
          nextHref={next === undefined ? undefined : devicesHref(environment.id, { ...query, token: next })}
          firstHref={query.token === undefined ? undefined : devicesHref(environment.id, first)}
        />
      </ListPanel>
    </>
  );
}

const NOTHING_FOUND = { rows: [], next: undefined, order: 'newest' } as const;

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
