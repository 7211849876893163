import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { policyEditorHref, policyHref } from '@/components/registry/hrefs';
import { LookUpListPage } from '@/components/registry/look-up-list-page';
import { parsePoliciesQuery, policiesHref } from '@/components/registry/policies-query';
import { LinkButton } from '@/components/ui/link-button';
import { can } from '@/lib/auth/permissions';
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
  const operator = await requirePermission('policy:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const query = parsePoliciesQuery(await searchParams);
  const { find } = query;
  if (find !== undefined && isPolicyName(find)) redirect(policyHref(environment.id, find));

  const [t, editor] = await Promise.all([getTranslations('registry'), getTranslations('policy-editor')]);
  const page = iotFor(environment).listPolicies({ pageSize: query.size, token: query.token });
  return (
    <LookUpListPage
      t={t}
      title={t('policies.title')}
      description={t('policies.description')}
      page={page}
      isFirstPage={query.token === undefined}
      lookUp={{
        action: policiesHref(environment.id, {}),
        label: t('policies.find'),
        unfound:
          find === undefined ? undefined : { text: find, error: t('policies.badName', { text: find }) },
      }}
      primary={
        can(operator, 'policy:create', { environment: environment.id }) ? (
          <LinkButton variant="primary" href={policyEditorHref(environment.id)}>
            {editor('page.new')}
          </LinkButton>
        ) : undefined
      }
      href={policiesHref(environment.id, query)}
    >
      <PolicyRows t={t} environment={environment.id} query={query} page={page} />
    </LookUpListPage>
  );
}
