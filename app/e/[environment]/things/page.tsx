import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { thingHref } from '@/components/registry/hrefs';
import { ListPanel } from '@/components/registry/list-panel';
import { LookUpForm } from '@/components/registry/look-up-form';
import { RowCount } from '@/components/registry/row-count';
import { filterOf, parseThingsQuery, thingsHref } from '@/components/registry/things-query';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
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
  await requirePermission('thing:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const query = parseThingsQuery(await searchParams);
  const { find } = query;
  if (find !== undefined && isThingName(find)) redirect(thingHref(environment.id, find));

  const t = await getTranslations('registry');
  const page = iotFor(environment).listThings(filterOf(query), { pageSize: query.size, token: query.token });
  return (
    <>
      <PageHeader
        title={t('things.title')}
        description={t('things.description')}
        aside={
          <Suspense fallback={null}>
            {page.then((read) =>
              read.ok ? <RowCount t={t} page={read.value} isFirstPage={query.token === undefined} /> : null,
            )}
          </Suspense>
        }
        actions={
          <LookUpForm
            action={thingsHref(environment.id, {})}
            label={t('things.find')}
            value={find}
            error={find === undefined ? undefined : t('things.badName', { text: find })}
            submitLabel={t('list.lookUp')}
            isMonospace
          />
        }
      />
      <ListPanel>
        <Suspense
          key={thingsHref(environment.id, query)}
          fallback={<Skeleton label={t('list.loading')} rows={8} />}
        >
          <ThingRows t={t} environment={environment.id} query={query} page={page} />
        </Suspense>
      </ListPanel>
    </>
  );
}
