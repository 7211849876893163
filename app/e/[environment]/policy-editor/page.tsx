import type { Metadata } from 'next';
import { PolicyForm } from '@/components/policy-editor/policy-form';
import { policyHref } from '@/components/registry/hrefs';
import { policiesHref } from '@/components/registry/policies-query';
import { FailureNotice } from '@/components/ui/failure-notice';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { isPolicyName } from '@/lib/registry/iot-policy';
import { ok } from '@/lib/result';
import { createNewPolicy, createPolicyVersion } from './actions';
import { readEditedPolicy } from './read-edited-policy';

type Props = PageProps<'/e/[environment]/policy-editor'>;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('policy-editor');
  return { title: t('page.newTitle') };
}

export default async function PolicyEditorPage({ params, searchParams }: Props) {
  const environmentId = (await params).environment;
  await requirePermission('policy:create', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const { policy: asked } = await searchParams;
  const name = typeof asked === 'string' && isPolicyName(asked) ? asked : undefined;
  const [t, registry, ui, policy] = await Promise.all([
    getTranslations('policy-editor'),
    getTranslations('registry'),
    getTranslations('ui'),
    name === undefined ? ok(undefined) : readEditedPolicy(environment, name),
  ]);
  const { id, accountId, region, endpoints } = environment;
  return (
    <>
      <PageHeader
        title={name === undefined ? t('page.newTitle') : t('page.versionTitle', { name })}
        description={t(name === undefined ? 'page.newDescription' : 'page.versionDescription')}
        breadcrumb={[
          { label: registry('policies.title'), href: policiesHref(id, {}) },
          ...(name === undefined ? [] : [{ label: name, href: policyHref(id, name) }]),
        ]}
        breadcrumbLabel={ui('breadcrumb')}
      />
      {policy.ok ? (
        <PolicyForm
          key={name}
          environment={id}
          cliTarget={{ region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } }}
          context={{ place: { accountId, region }, authorizationUrl: `/e/${id}/policy-editor/authorization` }}
          policy={policy.value}
          actions={{ createPolicy: createNewPolicy, createVersion: createPolicyVersion }}
        />
      ) : (
        <FailureNotice failure={policy.failure} />
      )}
    </>
  );
}
