import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { casHref, parseCasQuery } from '@/components/ca/cas-query';
import { registerCaHref } from '@/components/ca/hrefs';
import { caHref } from '@/components/registry/hrefs';
import { ListPanel } from '@/components/registry/list-panel';
import { RowCount } from '@/components/registry/row-count';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { iotFor } from '@/lib/aws/iot-gateway';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { parseCertificateLookup } from '@/lib/registry/certificate-lookup';
import { CaRows } from './ca-rows';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('ca');
  return { title: t('title') };
}

export default async function CertificateAuthoritiesPage({
  params,
  searchParams,
}: PageProps<'/e/[environment]/certificate-authorities'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('ca:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const query = parseCasQuery(await searchParams);
  // A whole id, ARN or fingerprint means one CA, on whichever page of the list it may be.
  const meant = query.filter === undefined ? undefined : parseCertificateLookup(query.filter);
  if (meant !== undefined) redirect(caHref(environment.id, meant));

  const [t, registry] = await Promise.all([getTranslations('ca'), getTranslations('registry')]);
  const page = iotFor(environment).listCaRows({ pageSize: query.size, token: query.token });
  const mayRegister = can(operator, 'ca:register', { environment: environment.id });
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
          mayRegister ? (
            <LinkButton variant="primary" href={registerCaHref(environment.id)}>
              {t('register')}
            </LinkButton>
          ) : undefined
        }
      />
      <ListPanel>
        <Suspense
          key={casHref(environment.id, query)}
          fallback={<Skeleton label={registry('list.loading')} rows={6} />}
        >
          <CaRows
            t={t}
            registry={registry}
            environment={environment.id}
            query={query}
            page={page}
            mayRegister={mayRegister}
          />
        </Suspense>
      </ListPanel>
    </>
  );
}
