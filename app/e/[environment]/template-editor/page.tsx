import type { Metadata } from 'next';
import { BLANK_OPENING } from '@/components/template-editor/start-text';
import { TemplateEditor } from '@/components/template-editor/template-editor';
import { PageHeader } from '@/components/ui/page-header';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { checkRole, createNamed, createPolicy } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('editor');
  return { title: t('title') };
}

export default async function TemplateEditorPage({ params }: PageProps<'/e/[environment]/template-editor'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('template:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const { id, accountId, region, endpoints } = environment;
  const t = await getTranslations('editor');
  const scope = { environment: id };
  const base = `/e/${id}/template-editor`;
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <TemplateEditor
        operatorId={operator.id}
        place={{
          environmentId: id,
          accountId,
          region,
          cliTarget: { region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } },
        }}
        subject={{ kind: 'new' }}
        opening={BLANK_OPENING}
        lookups={{
          namesUrl: `${base}/names`,
          presenceUrl: `${base}/presence`,
          authorizationUrl: `/e/${id}/policy-editor/authorization`,
          checkRole,
          createNamed: can(operator, 'registry:create', scope) ? createNamed : undefined,
          createPolicy: can(operator, 'policy:create', scope) ? createPolicy : undefined,
        }}
      />
    </>
  );
}
