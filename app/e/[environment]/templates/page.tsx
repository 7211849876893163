import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { ListPanel } from '@/components/registry/list-panel';
import { LookUpForm } from '@/components/registry/look-up-form';
import { RowCount } from '@/components/registry/row-count';
import { ImportTemplateButton } from '@/components/template-library/import-template-button';
import {
  editorHref,
  parseTemplatesQuery,
  templateHref,
  templatesHref,
} from '@/components/template-library/templates-query';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { iotFor } from '@/lib/aws/iot-gateway';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { isTemplateName } from '@/lib/registry/provisioning-template';
import { savingProps } from './[templateName]/template-props';
import { TemplateRows } from './template-rows';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('templates');
  return { title: t('title') };
}

export default async function TemplatesPage({
  params,
  searchParams,
}: PageProps<'/e/[environment]/templates'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('template:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const query = parseTemplatesQuery(await searchParams);
  const { find } = query;
  if (find !== undefined && isTemplateName(find)) redirect(templateHref(environment.id, find));

  const [t, registry] = await Promise.all([getTranslations('templates'), getTranslations('registry')]);
  const page = iotFor(environment).listTemplateRows({ pageSize: query.size, token: query.token });
  const maySave = can(operator, 'template:update', { environment: environment.id });
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        aside={
          <Suspense fallback={null}>
            {page.then((read) =>
              read.ok ? (
                <RowCount t={registry} page={read.value} isFirstPage={query.token === undefined} />
              ) : null,
            )}
          </Suspense>
        }
        actions={
          maySave ? (
            <>
              <ImportTemplateButton {...savingProps(environment)} />
              <LinkButton variant="primary" href={editorHref(environment.id)}>
                {t('new')}
              </LinkButton>
            </>
          ) : undefined
        }
      />
      <ListPanel>
        <Suspense
          key={templatesHref(environment.id, query)}
          fallback={<Skeleton label={registry('list.loading')} rows={8} />}
        >
          <TemplateRows
            t={t}
            registry={registry}
            environment={environment.id}
            query={query}
            page={page}
            maySave={maySave}
            lookUp={
              <LookUpForm
                action={templatesHref(environment.id, {})}
                label={t('find')}
                value={find}
                error={find === undefined ? undefined : t('badName', { name: find })}
                submitLabel={registry('list.lookUp')}
                isMonospace
              />
            }
          />
        </Suspense>
      </ListPanel>
    </>
  );
}
