import type { Metadata } from 'next';
import { casHref } from '@/components/ca/cas-query';
import { TemplateDryRun } from '@/components/dry-run/template-dry-run';
import { EmptyState } from '@/components/ui/empty-state';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { readDryRun } from './read-dry-run';

type Props = PageProps<'/e/[environment]/dry-run'>;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('dry-run');
  return { title: t('title') };
}

export default async function DryRunPage({ params, searchParams }: Props) {
  const environmentId = (await params).environment;
  await requirePermission('template:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const [t, ui, registry, query] = await Promise.all([
    getTranslations('dry-run'),
    getTranslations('ui'),
    getTranslations('shell'),
    searchParams,
  ]);
  const subject = await readDryRun(environment, query, t('template.label'));
  const { id, accountId, region } = environment;
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={subject.ok && subject.value !== undefined ? subject.value.name : undefined}
        breadcrumb={subject.ok && subject.value !== undefined ? [subject.value.crumb] : []}
        breadcrumbLabel={ui('breadcrumb')}
      />
      {!subject.ok ? (
        <FailureNotice failure={subject.failure} />
      ) : subject.value === undefined ? (
        <EmptyState
          title={t('page.chooseTitle')}
          action={<LinkButton href={casHref(id, {})}>{registry('page.certificateAuthorities')}</LinkButton>}
        >
          {t('page.chooseText')}
        </EmptyState>
      ) : (
        <TemplateDryRun environment={id} place={{ accountId, region }} versions={subject.value.versions} />
      )}
    </>
  );
}
