import type { Metadata } from 'next';
import { Suspense } from 'react';
import { parseStuckQuery, stuckHref } from '@/components/stuck/stuck-query';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { requirePermission } from '@/lib/auth/require-permission';
import { scanStuck } from '@/lib/aws/stuck/scan-stuck';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { StuckRows } from './stuck-rows';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('stuck');
  return { title: t('title') };
}

export default async function StuckPage({ params, searchParams }: PageProps<'/e/[environment]/stuck'>) {
  const environmentId = (await params).environment;
  await requirePermission('device:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const query = parseStuckQuery(await searchParams);
  const now = new Date();
  const scan = scanStuck(
    environment,
    { minutes: query.minutes, withInactive: query.status === 'all', caId: query.ca, token: query.token },
    now,
  );
  const t = await getTranslations('stuck');
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <Suspense key={stuckHref(environment.id, query)} fallback={<Skeleton label={t('loading')} rows={8} />}>
        <StuckRows environment={environment.id} query={query} scan={scan} readAt={now.toISOString()} />
      </Suspense>
    </>
  );
}
