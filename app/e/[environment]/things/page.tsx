import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { thingHref } from '@/components/registry/hrefs';
import { LookUpListPage } from '@/components/registry/look-up-list-page';
import { filterOf, parseThingsQuery, thingsHref } from '@/components/registry/things-query';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { iotFor } from '@/lib/aws/iot-gateway';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { isThingName } from '@/lib/registry/thing';
import { ThingRows } from './thing-rows';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('registry');
  return { title: t('things.title') };
}

export default async function ThingsPage({ params, searchParams }: PageProps<'/e/[environment]/things'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('thing:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const query = parseThingsQuery(await searchParams);
  const { find } = query;
  if (find !== undefined && isThingName(find)) redirect(thingHref(environment.id, find));

  const t = await getTranslations('registry');
  const readAt = new Date().toISOString();
  const page = iotFor(environment).listThings(filterOf(query), { pageSize: query.size, token: query.token });
  return (
    <LookUpListPage
      t={t}
      title={t('things.title')}
      description={t('things.description')}
      page={page}
      isFirstPage={query.token === undefined}
      lookUp={{
        action: thingsHref(environment.id, {}),
        label: t('things.find'),
        unfound: find === undefined ? undefined : { text: find, error: t('things.badName', { text: find }) },
      }}
      href={thingsHref(environment.id, query)}
    >
      <ThingRows
        t={t}
        environment={environment.id}
        query={query}
        page={page}
        readAt={readAt}
        isSelectable={can(operator, 'thing:delete', { environment: environment.id })}
      />
    </LookUpListPage>
  );
}
