import type { Metadata } from 'next';
import { registerCaHref } from '@/components/ca/hrefs';
import { RequestCa } from '@/components/ca-wizard/request-ca';
import { consoleHref } from '@/components/shell/console-routes';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('hierarchy');
  return { title: t('request.title') };
}

export default async function RequestCaPage({
  params,
}: PageProps<'/e/[environment]/certificate-authorities/request'>) {
  const environmentId = (await params).environment;
  await requirePermission('ca:register', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const [t, wizard, ui] = await Promise.all([
    getTranslations('hierarchy'),
    getTranslations('wizard'),
    getTranslations('ui'),
  ]);
  return (
    <>
      <PageHeader
        title={t('request.title')}
        description={t('request.description')}
        breadcrumb={[
          { label: wizard('breadcrumb'), href: consoleHref('certificateAuthorities', environment.id) },
          { label: wizard('title'), href: registerCaHref(environment.id) },
        ]}
        breadcrumbLabel={ui('breadcrumb')}
      />
      <RequestCa environment={environment.id} />
    </>
  );
}
