import type { Metadata } from 'next';
import { caHref } from '@/components/registry/hrefs';
import { EditTemplate } from '@/components/template-editor/edit-template';
import { templateHref, templatesHref } from '@/components/template-library/templates-query';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import type { Crumb } from '@/components/ui/page-header';
import { PageHeader } from '@/components/ui/page-header';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { checkRole, createNamed, createPolicy } from './actions';
import { readSubject } from './read-subject';
import {
  attachToCa,
  createTemplate,
  createTemplateVersion,
  deleteTemplateVersion,
  listRoles,
  listTemplates,
  readTemplate,
} from './save/actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('editor');
  return { title: t('title') };
}

export default async function TemplateEditorPage({
  params,
  searchParams,
}: PageProps<'/e/[environment]/template-editor'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('template:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const [t, ui, read] = await Promise.all([
    getTranslations('editor'),
    getTranslations('ui'),
    readSubject(environment, await searchParams),
  ]);
  const { id, accountId, region, endpoints } = environment;
  const templates: Crumb = { label: t('breadcrumb'), href: templatesHref(id, {}) };
  if (!read.ok) {
    return (
      <>
        <PageHeader title={t('title')} breadcrumb={[templates]} breadcrumbLabel={ui('breadcrumb')} />
        <FailureNotice failure={read.failure} />
        <div>
          <LinkButton href={templates.href}>{t('breadcrumb')}</LinkButton>
        </div>
      </>
    );
  }
  const { subject, opening, certificates, namedTemplate, caConfig } = read.value;
  const scope = { environment: id };
  const base = `/e/${id}/template-editor`;
  const title =
    subject.kind === 'template'
      ? t('titleOfTemplate', { name: subject.templateName })
      : t(subject.kind === 'ca' ? 'titleOfCa' : 'title');
  const of: Crumb[] =
    subject.kind === 'template'
      ? [{ label: subject.templateName, href: templateHref(id, subject.templateName) }]
      : subject.kind === 'ca'
        ? [{ label: t('ca'), href: caHref(id, subject.caId) }]
        : [];
  return (
    <>
      <PageHeader
        title={title}
        description={
          namedTemplate === undefined ? t('description') : t('namedTemplate', { name: namedTemplate })
        }
        breadcrumb={[templates, ...of]}
        breadcrumbLabel={ui('breadcrumb')}
      />
      <EditTemplate
        key={JSON.stringify(subject)}
        operatorId={operator.id}
        place={{
          environmentId: id,
          accountId,
          region,
          cliTarget: { region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } },
        }}
        subject={subject}
        opening={opening}
        certificates={certificates}
        lookups={{
          namesUrl: `${base}/names`,
          presenceUrl: `${base}/presence`,
          authorizationUrl: `/e/${id}/policy-editor/authorization`,
          checkRole,
          createNamed: can(operator, 'registry:create', scope) ? createNamed : undefined,
          createPolicy: can(operator, 'policy:create', scope) ? createPolicy : undefined,
        }}
        saving={
          can(operator, 'template:update', scope)
            ? {
                createTemplate,
                createTemplateVersion,
                deleteTemplateVersion,
                readTemplate,
                listTemplates,
                listRoles,
                checkRole,
              }
            : undefined
        }
        caConfig={caConfig}
        attachToCa={can(operator, 'ca:update', scope) ? attachToCa : undefined}
      />
    </>
  );
}
