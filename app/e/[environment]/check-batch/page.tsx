import type { Metadata } from 'next';
import { CheckBatch } from '@/components/check-batch/check-batch';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { findManifest } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('check-batch');
  return { title: t('title') };
}

export default async function CheckBatchPage({ params }: PageProps<'/e/[environment]/check-batch'>) {
  const environmentId = (await params).environment;
  await requirePermission('device:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const t = await getTranslations('check-batch');
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <CheckBatch environment={environment.id} findManifest={findManifest} />
    </>
  );
}
