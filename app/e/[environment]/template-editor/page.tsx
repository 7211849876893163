import type { Metadata } from 'next';
import { BLANK_OPENING } from '@/components/template-editor/start-text';
import { TemplateEditor } from '@/components/template-editor/template-editor';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('editor');
  return { title: t('title') };
}

export default async function TemplateEditorPage({ params }: PageProps<'/e/[environment]/template-editor'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('ca:read', { environment: environmentId });
  const { id, accountId, region, endpoints } = requireEnvironment(environmentId);
  const t = await getTranslations('editor');
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
      />
    </>
  );
}
