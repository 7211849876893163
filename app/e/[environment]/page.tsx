import type { Metadata } from 'next';
import { Suspense } from 'react';
import { LiveChanges } from '@/components/status/live/live-changes';
import { PageHeader } from '@/components/ui/page-header';
import { RefreshButton } from '@/components/ui/refresh-button';
import { Skeleton } from '@/components/ui/skeleton';
import { requirePermission } from '@/lib/auth/require-permission';
import { iotFor } from '@/lib/aws/iot-gateway';
import { stsFor } from '@/lib/aws/sts-gateway';
import { requireEnvironment } from '@/lib/config/environments';
import { countsAt } from '@/lib/ledger/counts';
import { getTranslations } from '@/lib/locale/get-translations';
import { AccountCard } from './overview/account-card';
import { AccountMismatch } from './overview/account-mismatch';
import { CasCard } from './overview/cas-card';
import { DevicesCard } from './overview/devices-card';
import { NextStepSection } from './overview/next-step-section';
import { readAwaiting, readCaFigures, readRegistryFigures } from './overview/read-overview';
import { RegistryCard } from './overview/registry-card';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('overview');
  return { title: t('title') };
}

export default async function OverviewPage({ params }: PageProps<'/e/[environment]'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('overview:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const t = await getTranslations('overview');
  const now = new Date();
  const iot = iotFor(environment);
  // Each card has its own wait: the ledger is at hand, AWS is not.
  const reads = {
    identity: stsFor(environment).callerIdentity(),
    cas: readCaFigures(iot, now),
    registry: readRegistryFigures(iot),
    devices: countsAt(environment.id, now),
    awaiting: readAwaiting(environment.id),
  };
  const common = { t, environment };
  const skeleton = (
    <Skeleton label={t('loading')} rows={4} className="rounded-lg border border-line bg-surface" />
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <>
            <LiveChanges
              environment={environment.id}
              topic={{ kinds: ['registered', 'certificate'] }}
              readAt={now.toISOString()}
            />
            <RefreshButton readAt={now.toISOString()} />
          </>
        }
      />
      <Suspense fallback={null}>
        <AccountMismatch {...common} identity={reads.identity} />
      </Suspense>
      <Suspense fallback={null}>
        <NextStepSection
          {...common}
          operator={operator}
          cas={reads.cas}
          devices={reads.devices}
          awaiting={reads.awaiting}
        />
      </Suspense>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Suspense fallback={skeleton}>
          <DevicesCard {...common} devices={reads.devices} />
        </Suspense>
        <Suspense fallback={skeleton}>
          <CasCard {...common} cas={reads.cas} />
        </Suspense>
        <Suspense fallback={skeleton}>
          <RegistryCard {...common} registry={reads.registry} />
        </Suspense>
        <Suspense fallback={skeleton}>
          <AccountCard {...common} identity={reads.identity} />
        </Suspense>
      </div>
    </>
  );
}
