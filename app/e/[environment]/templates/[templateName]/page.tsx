import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { MissingResource } from '@/components/registry/missing-resource';
import { readPathParameter } from '@/components/registry/path-parameter';
import { NamedTemplateSummary } from '@/components/template-library/named-template-summary';
import { EnabledBadge } from '@/components/template-library/template-badges';
import { TemplateNotices } from '@/components/template-library/template-notices';
import { templatesHref } from '@/components/template-library/templates-query';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { iotFor } from '@/lib/aws/iot-gateway';
import { readTemplate } from '@/lib/aws/templates/read-template';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { isTemplateName, templateVersionIdOf } from '@/lib/registry/provisioning-template';
import { HeaderActions } from './header-actions';
import { TemplateTabs } from './template-tabs';

/** CAs that are named here; a deletion puts the text on each of them, one call after another. */
const USERS_MAX = 50;

type Props = PageProps<'/e/[environment]/templates/[templateName]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: readPathParameter((await params).templateName) };
}

export default async function TemplatePage({ params, searchParams }: Props) {
  const { environment: environmentId, templateName } = await params;
  const operator = await requirePermission('template:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const name = readPathParameter(templateName);
  if (name === undefined || !isTemplateName(name)) notFound();

  const iot = iotFor(environment);
  const [t, ui, read, users, query] = await Promise.all([
    getTranslations('templates'),
    getTranslations('ui'),
    readTemplate(iot, name),
    iot.listTemplateUsers(name, USERS_MAX),
    searchParams,
  ]);
  const frame = {
    title: <span className="font-mono">{name}</span>,
    breadcrumb: [{ label: t('title'), href: templatesHref(environment.id, {}) }],
    breadcrumbLabel: ui('breadcrumb'),
  };
  if (!read.ok) {
    return (
      <>
        <PageHeader {...frame} />
        {read.failure.kind === 'not-found' ? (
          <MissingResource
            title={t('missingTitle', { name })}
            text={t('missingText')}
            action={<LinkButton href={templatesHref(environment.id, {})}>{t('title')}</LinkButton>}
          />
        ) : (
          <FailureNotice failure={read.failure} />
        )}
      </>
    );
  }

  const { detail, versions } = read.value;
  const used = users.ok ? users.value : undefined;
  const scope = { environment: environment.id };
  return (
    <>
      <PageHeader
        {...frame}
        aside={<EnabledBadge t={t} isEnabled={detail.isEnabled} />}
        actions={
          <HeaderActions operator={operator} environment={environment} template={read.value} users={used} />
        }
      />
      <TemplateNotices t={t} template={detail} users={used} />
      <NamedTemplateSummary t={t} environment={environment.id} template={detail} users={used} />
      <TemplateTabs
        t={t}
        environment={environment}
        template={read.value}
        shownVersionId={
          versions.find(({ versionId }) => versionId === templateVersionIdOf(String(query['version'] ?? '')))
            ?.versionId ?? detail.defaultVersionId
        }
        tab={typeof query['tab'] === 'string' ? query['tab'] : undefined}
        mayUpdate={can(operator, 'template:update', scope)}
        mayDelete={can(operator, 'template:delete', scope)}
        maySeeRole={can(operator, 'role:read', scope)}
      />
    </>
  );
}
