import type { Metadata } from 'next';
import { CaWizard } from '@/components/ca-wizard/ca-wizard';
import { consoleHref } from '@/components/shell/console-routes';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import {
  attachRolePolicy,
  checkRole,
  createPolicy,
  createRole,
  findCa,
  getRegistrationCode,
  registerCa,
} from './actions';
import { readPolicyNames, readRoles } from './read-lists';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('wizard');
  return { title: t('title') };
}

export default async function RegisterCaPage({
  params,
  searchParams,
}: PageProps<'/e/[environment]/certificate-authorities/register'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('ca:register', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const [t, ui] = await Promise.all([getTranslations('wizard'), getTranslations('ui')]);
  const { accountId, region, endpoints } = environment;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        breadcrumb={[{ label: t('breadcrumb'), href: consoleHref('certificateAuthorities', environment.id) }]}
        breadcrumbLabel={ui('breadcrumb')}
      />
      <CaWizard
        operatorId={operator.id}
        place={{
          environmentId: environment.id,
          accountId,
          region,
          endpoints: { iot: endpoints.iot, iam: endpoints.iam },
        }}
        road={(await searchParams)['road'] === 'bring' ? 'bring' : undefined}
        lists={{ roles: readRoles(environment), policyNames: readPolicyNames(environment) }}
        actions={{
          attachRolePolicy,
          checkRole,
          createPolicy,
          createRole,
          findCa,
          getRegistrationCode,
          registerCa,
        }}
      />
    </>
  );
}
