import type { Metadata } from 'next';
import { issueBatchHref } from '@/components/batch/batch-href';
import { parsePosition, printPosition } from '@/components/device/batch-position';
import { devicesHref } from '@/components/device/devices-query';
import { BatchStates } from '@/components/ledger/batch-states';
import { BatchesTable } from '@/components/ledger/batches-table';
import { batchesHref } from '@/components/ledger/ledger-href';
import { ListPanel } from '@/components/registry/list-panel';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { ListToolbar } from '@/components/ui/list-toolbar';
import { PageHeader } from '@/components/ui/page-header';
import { PageLinks } from '@/components/ui/page-links';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { listBatches } from '@/lib/ledger/funnel';
import { getTranslations } from '@/lib/locale/get-translations';

/** Each costs a count of its devices. */
const BATCHES_PER_PAGE = 15;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('ledger-work');
  return { title: t('batches.title') };
}

export default async function BatchesPage({
  params,
  searchParams,
}: PageProps<'/e/[environment]/devices/batches'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('device:read', { environment: environmentId });
  const { id } = requireEnvironment(environmentId);
  const query = await searchParams;
  const before = parsePosition(query['token']);
  const state = query['state'] === 'open' ? 'open' : undefined;
  const now = new Date();
  const [t, device, ui, { batches, next }] = await Promise.all([
    getTranslations('ledger-work'),
    getTranslations('device'),
    getTranslations('ui'),
    listBatches(id, { before, limit: BATCHES_PER_PAGE, now, state }),
  ]);
  const issue = can(operator, 'device:issue', { environment: id }) ? (
    <LinkButton variant="primary" href={issueBatchHref(id, {})}>
      {t('batches.issue')}
    </LinkButton>
  ) : undefined;
  return (
    <>
      <PageHeader
        title={t('batches.title')}
        description={t('batches.description')}
        breadcrumb={[{ label: device('list.title'), href: devicesHref(id, {}) }]}
        breadcrumbLabel={ui('breadcrumb')}
        actions={batches.length > 0 ? issue : undefined}
      />
      <ListPanel>
        <ListToolbar
          readAt={now.toISOString()}
          filter={
            <BatchStates
              label={t('batches.filter')}
              choices={[
                { label: t('batches.every'), href: batchesHref(id), isCurrent: state === undefined },
                {
                  label: t('batches.unfinished'),
                  href: batchesHref(id, { state: 'open' }),
                  isCurrent: state !== undefined,
                },
              ]}
            />
          }
        />
        <BatchesTable
          t={t}
          environment={id}
          batches={batches.map((batch) => ({ ...batch, createdAt: batch.createdAt.toISOString() }))}
          empty={
            state === 'open' ? (
              <EmptyState
                title={t('batches.noneOpenTitle')}
                action={<LinkButton href={batchesHref(id)}>{t('batches.allBatches')}</LinkButton>}
              >
                {t('batches.noneOpenText')}
              </EmptyState>
            ) : (
              <EmptyState title={t('batches.emptyTitle')} action={issue}>
                {t('batches.emptyText')}
              </EmptyState>
            )
          }
        />
        <PageLinks
          nextHref={next && batchesHref(id, { state, token: printPosition(next) })}
          firstHref={before && batchesHref(id, { state })}
        />
      </ListPanel>
    </>
  );
}
