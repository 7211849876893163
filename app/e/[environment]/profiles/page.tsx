import type { Metadata } from 'next';
import { DeleteProfile } from '@/components/batch/delete-profile';
import { editProfileHref } from '@/components/device/profiles-href';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { listProfiles } from '@/lib/ledger/profiles';
import { getTranslations } from '@/lib/locale/get-translations';
import { getLocale } from '@/lib/locale/preferences';
import { deleteProfile } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('profiles');
  return { title: t('title') };
}

export default async function ProfilesPage({ params }: PageProps<'/e/[environment]/profiles'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('device:issue', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const [t, batch, device] = await Promise.all([
    getTranslations('profiles'),
    getTranslations('batch'),
    getTranslations('device'),
  ]);
  const profiles = await listProfiles(environment.id, await getLocale());
  const mayEdit = can(operator, 'profile:update', { environment: environment.id });
  const create = mayEdit ? (
    <LinkButton href={editProfileHref(environment.id)} variant="primary">
      {t('create')}
    </LinkButton>
  ) : undefined;
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={`(${profiles.length})`}
        description={t(mayEdit ? 'description' : 'descriptionUse')}
        actions={create}
      />
      <div className="rounded-lg border border-line bg-surface">
        <ResourceTable
          label={t('title')}
          rows={profiles}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t('none')}>{t(mayEdit ? 'noneEdit' : 'noneUse')}</EmptyState>}
          columns={[
            { id: 'name', header: t('name'), isRowHeader: true, cell: ({ name }) => name },
            {
              id: 'pattern',
              header: t('pattern'),
              isSecondary: true,
              cell: ({ content }) =>
                content.pattern === '' ? (
                  t('noPattern')
                ) : (
                  <span className="font-mono text-xs wrap-anywhere">{content.pattern}</span>
                ),
            },
            {
              id: 'keys',
              header: t('keys'),
              cell: ({ content }) => device(`form.algorithmName.${content.algorithm}`),
            },
            {
              id: 'validity',
              header: t('validity'),
              align: 'end',
              cell: ({ content }) => t('days', { days: content.validityDaysMax }),
            },
            {
              id: 'files',
              header: t('files'),
              cell: ({ content }) =>
                content.formats.map((format) => batch(`settings.formatName.${format}`)).join(', '),
            },
            {
              id: 'changed',
              header: t('changed'),
              isSecondary: true,
              cell: ({ changedAt, changedByName }) => (
                <>
                  {changedByName}, <TimeAgo at={changedAt.toISOString()} />
                </>
              ),
            },
            ...(mayEdit
              ? [
                  {
                    id: 'actions',
                    header: t('actions'),
                    cell: ({ id, name }: { id: string; name: string }) => (
                      <span className="flex flex-wrap items-center gap-2">
                        <LinkButton href={editProfileHref(environment.id, id)}>{t('edit')}</LinkButton>
                        <DeleteProfile
                          environment={environment.id}
                          profile={{ id, name }}
                          deleteProfile={deleteProfile}
                        />
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </div>
    </>
  );
}
