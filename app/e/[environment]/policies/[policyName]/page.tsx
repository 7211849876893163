import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PutInForceButton } from '@/components/policy-editor/put-in-force-button';
import { policyEditorHref } from '@/components/registry/hrefs';
import { MissingResource } from '@/components/registry/missing-resource';
import { readPathParameter } from '@/components/registry/path-parameter';
import { policiesHref } from '@/components/registry/policies-query';
import { PolicyActions } from '@/components/registry/policy-actions';
import { PolicySummaryCard } from '@/components/registry/policy-summary';
import { PolicyTargetsTable } from '@/components/registry/policy-targets-table';
import { PolicyVersionsTable } from '@/components/registry/policy-versions-table';
import { RelationsLink } from '@/components/relations/relations-link';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { RefreshButton } from '@/components/ui/refresh-button';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { iotFor } from '@/lib/aws/iot-gateway';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { isPolicyName } from '@/lib/registry/iot-policy';
import { deletePolicy, deletePolicyVersion, detachTarget, setDefaultVersion } from './actions';
import { PolicyDocumentCard } from './policy-document-card';

/** Shown, and detached by one plan; a policy of a whole fleet has far more. */
const TARGETS_MAX = 100;

type Props = PageProps<'/e/[environment]/policies/[policyName]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: readPathParameter((await params).policyName) };
}

export default async function PolicyPage({ params, searchParams }: Props) {
  const { environment: environmentId, policyName } = await params;
  const operator = await requirePermission('policy:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const name = readPathParameter(policyName);
  if (name === undefined || !isPolicyName(name)) notFound();

  const [t, ui, editor] = await Promise.all([
    getTranslations('registry'),
    getTranslations('ui'),
    getTranslations('policy-editor'),
  ]);
  const iot = iotFor(environment);
  const [policy, versions, targets] = await Promise.all([
    iot.getPolicy(name),
    iot.listPolicyVersions(name),
    iot.listPolicyTargets(name, { pageSize: TARGETS_MAX, token: undefined }),
  ]);
  const header = {
    title: <span className="font-mono">{name}</span>,
    breadcrumb: [{ label: t('policies.title'), href: policiesHref(environment.id, {}) }],
    breadcrumbLabel: ui('breadcrumb'),
  };
  if (!policy.ok) {
    return (
      <>
        <PageHeader {...header} />
        {policy.failure.kind === 'not-found' ? (
          <MissingResource
            title={t('policy.missingTitle', { name })}
            text={t('policy.missingText')}
            action={<LinkButton href={policiesHref(environment.id, {})}>{t('policies.title')}</LinkButton>}
          />
        ) : (
          <FailureNotice failure={policy.failure} />
        )}
      </>
    );
  }

  const { version } = await searchParams;
  const known = versions.ok ? versions.value : [];
  const shown =
    known.find(({ versionId }) => versionId === version)?.versionId ?? policy.value.defaultVersionId;
  const mayCreate = can(operator, 'policy:create', { environment: environment.id });
  const isPartial = targets.ok && targets.value.nextToken !== undefined;
  const { region, endpoints } = environment;
  return (
    <>
      <PageHeader
        {...header}
        actions={
          <>
            <RefreshButton readAt={new Date().toISOString()} />
            <RelationsLink environment={environment.id} subject="policy" name={name} />
            {can(operator, 'policy:delete', { environment: environment.id }) && targets.ok && versions.ok ? (
              <PolicyActions
                environment={environment.id}
                cliTarget={{ region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } }}
                policyName={name}
                targets={targets.value.items}
                isPartial={isPartial}
                versions={versions.value}
                detachTarget={detachTarget}
                deletePolicyVersion={deletePolicyVersion}
                deletePolicy={deletePolicy}
              />
            ) : null}
            {mayCreate && shown !== policy.value.defaultVersionId ? (
              <PutInForceButton
                environment={environment.id}
                cliTarget={{ region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } }}
                policyName={name}
                versionId={shown}
                setDefaultVersion={setDefaultVersion}
              />
            ) : null}
            {mayCreate ? (
              <LinkButton variant="primary" href={policyEditorHref(environment.id, name)}>
                {editor('page.newVersion')}
              </LinkButton>
            ) : null}
          </>
        }
      />
      <PolicySummaryCard t={t} policy={policy.value} />
      <PolicyDocumentCard t={t} iot={iot} policy={policy.value} versionId={shown} />
      <Card title={t('policy.targets')} isFlush aside={isPartial ? t('list.moreAttached') : undefined}>
        <PolicyTargetsTable
          t={t}
          environment={environment.id}
          targets={targets.ok ? targets.value.items : []}
          failure={targets.ok ? undefined : targets.failure}
        />
      </Card>
      <Card title={t('policy.versions')} isFlush>
        <PolicyVersionsTable
          t={t}
          environment={environment.id}
          policyName={name}
          versions={known}
          shownVersionId={shown}
          failure={versions.ok ? undefined : versions.failure}
        />
      </Card>
    </>
  );
}
