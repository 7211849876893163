import type { Metadata } from 'next';
import { PreFlight } from '@/components/pre-flight/pre-flight';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { checkBundle } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('preflight');
  return { title: t('title') };
}

export default async function PreFlightPage({ params }: PageProps<'/e/[environment]/pre-flight'>) {
  const environmentId = (await params).environment;
  await requirePermission('device:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const t = await getTranslations('preflight');
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <PreFlight environment={environment.id} checkBundle={checkBundle} />
    </>
  );
}
