import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { policyHref } from '@/components/registry/hrefs';
import { ListPanel } from '@/components/registry/list-panel';
import { LookUpForm } from '@/components/registry/look-up-form';
import { parsePoliciesQuery, policiesHref } from '@/components/registry/policies-query';
import { RowCount } from '@/components/registry/row-count';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { requirePermission } from '@/lib/auth/require-permission';
import { iotFor } from '@/lib/aws/iot-gateway';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { isPolicyName } from '@/lib/registry/iot-policy';
import { PolicyRows } from './policy-rows';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('registry');
  return { title: t('policies.title') };
}

export default async function PoliciesPage({ params, searchParams }: PageProps<'/e/[environment]/policies'>) {
  const environmentId = (await params).environment;
  await requirePermission('policy:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const query = parsePoliciesQuery(await searchParams);
  const { find } = query;
  if (find !== undefined && isPolicyName(find)) redirect(policyHref(environment.id, find));

  const t = await getTranslations('registry');
  const page = iotFor(environment).listPolicies({ pageSize: query.size, token: query.token });
  return (
    <>
      <PageHeader
        title={t('policies.title')}
        description={t('policies.description')}
        aside={
          <Suspense fallback={null}>
            {page.then((read) =>
              read.ok ? <RowCount t={t} page={read.value} isFirstPage={query.token === undefined} /> : null,
            )}
          </Suspense>
        }
        actions={
          <LookUpForm
            action={policiesHref(environment.id, {})}
            label={t('policies.find')}
            value={find}
            error={find === undefined ? undefined : t('policies.badName', { text: find })}
            submitLabel={t('list.lookUp')}
            isMonospace
          />
        }
      />
      <ListPanel>
        <Suspense
          key={policiesHref(environment.id, query)}
          fallback={<Skeleton label={t('list.loading')} rows={8} />}
        >
          <PolicyRows t={t} environment={environment.id} query={query} page={page} />
        </Suspense>
      </ListPanel>
    </>
  );
}
