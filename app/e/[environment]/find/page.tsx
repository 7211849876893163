import type { Metadata } from 'next';
import { FindDevice } from '@/components/diagnosis/find-device';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { NAME_CHARACTERS_MAX } from '@/lib/diagnosis/look-up';
import { getTranslations } from '@/lib/locale/get-translations';
import { lookUpDevice } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('find');
  return { title: t('title') };
}

/** The address keeps what was typed, so that a look-up can be passed on; what was dropped or pasted as a file never gets there. */
const ADDRESSED_CHARACTERS_MAX = 2 * NAME_CHARACTERS_MAX;

export default async function FindPage({ params, searchParams }: PageProps<'/e/[environment]/find'>) {
  const environmentId = (await params).environment;
  await requirePermission('device:read', { environment: environmentId });
  const { id, name, accountId, region } = requireEnvironment(environmentId);
  const t = await getTranslations('find');
  const { q } = await searchParams;
  const asked = typeof q === 'string' && q.length <= ADDRESSED_CHARACTERS_MAX ? q : '';
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <FindDevice key={asked} place={{ id, name, accountId, region }} asked={asked} lookUp={lookUpDevice} />
    </>
  );
}
