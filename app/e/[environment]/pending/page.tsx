import type { Metadata } from 'next';
import { Suspense } from 'react';
import { parsePendingQuery, pendingHref } from '@/components/pending/pending-query';
import { registerDevicesHref } from '@/components/pending/register-href';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { iotFor } from '@/lib/aws/iot-gateway';
import { scanStuck } from '@/lib/aws/stuck/scan-stuck';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';
import { PendingRows } from './pending-rows';
import { readAttempts } from './read-attempts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pending');
  return { title: t('title') };
}

/** However new: AWS's clock may be ahead of ours. The last moment that a `Date` holds. */
const ANY_TIME = new Date(8.64e15);

export default async function PendingPage({ params, searchParams }: PageProps<'/e/[environment]/pending'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('certificate:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const query = parsePendingQuery(await searchParams);
  const meant = { minutes: 0, withInactive: false, caId: query.ca, token: query.token };
  const scan = scanStuck(environment, meant, ANY_TIME);
  const cas = iotFor(environment).listCaCertificates({ pageSize: PAGE_SIZE_MAX, token: undefined });
  const t = await getTranslations('pending');
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          can(operator, 'certificate:register', { environment: environment.id }) ? (
            <LinkButton href={registerDevicesHref(environment.id)}>{t('register')}</LinkButton>
          ) : undefined
        }
      />
      <Suspense
        key={pendingHref(environment.id, query)}
        fallback={<Skeleton label={t('loading')} rows={8} />}
      >
        <PendingRows
          environment={environment.id}
          query={query}
          scan={scan}
          attempts={readAttempts(environment)}
          cas={cas}
          readAt={new Date().toISOString()}
        />
      </Suspense>
    </>
  );
}
