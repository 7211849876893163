import type { Metadata } from 'next';
import { z } from 'zod';
import { devicesHref } from '@/components/device/devices-query';
import { ACTIVATION_DAYS } from '@/components/ledger/activation-days';
import { ActivationsCard } from '@/components/ledger/activations-card';
import { ExpiryCard } from '@/components/ledger/expiry-card';
import { batchesHref, importHref } from '@/components/ledger/ledger-href';
import { SweepCard } from '@/components/ledger/sweep-card';
import { toSweepFacts } from '@/components/ledger/sweep-facts';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { activationsPerDay } from '@/lib/ledger/activations';
import { expiryBuckets } from '@/lib/ledger/expiry';
import { countUnread } from '@/lib/ledger/sweep-pages';
import { lastSweeps } from '@/lib/ledger/sweep-runs';
import { getTranslations } from '@/lib/locale/get-translations';
import { ok } from '@/lib/result';
import { cancel, start } from './actions';

/** The one that runs or ran last, and some to compare it with. */
const SWEEPS_SHOWN = 6;

const days = z.coerce
  .number()
  .pipe(z.union(ACTIVATION_DAYS.map((count) => z.literal(count))))
  .catch(30);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('ledger-work');
  return { title: t('overview.title') };
}

export default async function LedgerOverviewPage({
  params,
  searchParams,
}: PageProps<'/e/[environment]/devices/overview'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('device:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const { id } = environment;
  const now = new Date();
  const shownDays = days.parse((await searchParams)['days']);
  const [t, device, ui, runs, unread, buckets, activations] = await Promise.all([
    getTranslations('ledger-work'),
    getTranslations('device'),
    getTranslations('ui'),
    lastSweeps(id, SWEEPS_SHOWN),
    countUnread(id),
    expiryBuckets(id, now),
    activationsPerDay(id, { now, days: shownDays }),
  ]);
  return (
    <>
      <PageHeader
        title={t('overview.title')}
        description={t('overview.description')}
        breadcrumb={[{ label: device('list.title'), href: devicesHref(id, {}) }]}
        breadcrumbLabel={ui('breadcrumb')}
        actions={
          <>
            <LinkButton href={batchesHref(id)}>{t('batches.title')}</LinkButton>
            {can(operator, 'ledger:import', { environment: id }) ? (
              <LinkButton href={importHref(id)}>{t('import.open')}</LinkButton>
            ) : null}
          </>
        }
      />
      <SweepCard
        environment={id}
        runs={runs.map(toSweepFacts)}
        unread={unread}
        everyHours={environment.sweepEveryHours}
        maySweep={can(operator, 'ledger:sweep', { environment: id })}
        actions={{ start, cancel }}
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <ExpiryCard
          t={t}
          buckets={
            buckets.ok
              ? ok(
                  buckets.value.map((bucket) => ({
                    ...bucket,
                    href: devicesHref(id, { expires: bucket.key }),
                  })),
                )
              : buckets
          }
        />
        <ActivationsCard environment={id} read={activations} daysCount={shownDays} />
      </div>
    </>
  );
}
