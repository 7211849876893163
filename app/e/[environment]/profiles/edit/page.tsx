import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { ProfileForm } from '@/components/batch/profile-form';
import { profilesHref } from '@/components/device/profiles-href';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { findProfile } from '@/lib/ledger/profiles';
import { getTranslations } from '@/lib/locale/get-translations';
import { saveProfile } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('profiles');
  return { title: t('editTitle') };
}

export default async function EditProfilePage({
  params,
  searchParams,
}: PageProps<'/e/[environment]/profiles/edit'>) {
  const environmentId = (await params).environment;
  await requirePermission('profile:update', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const [t, ui, query] = await Promise.all([
    getTranslations('profiles'),
    getTranslations('ui'),
    searchParams,
  ]);
  const id = z.uuid().safeParse(query['profile']);
  const profile = id.success ? await findProfile(environment.id, id.data) : undefined;
  if (query['profile'] !== undefined && profile === undefined) notFound();
  return (
    <>
      <PageHeader
        title={profile === undefined ? t('createTitle') : profile.name}
        description={t('editText')}
        breadcrumb={[{ label: t('title'), href: profilesHref(environment.id) }]}
        breadcrumbLabel={ui('breadcrumb')}
      />
      <ProfileForm
        environment={environment.id}
        kept={
          profile && {
            id: profile.id,
            version: profile.version,
            names: profile.names,
            content: profile.content,
          }
        }
        saveProfile={saveProfile}
      />
    </>
  );
}
