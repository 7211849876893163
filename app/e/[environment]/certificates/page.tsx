import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { certificatesHref, parseCertificatesQuery } from '@/components/registry/certificates-query';
import { certificateHref } from '@/components/registry/hrefs';
import { ListPanel } from '@/components/registry/list-panel';
import { LookUpForm } from '@/components/registry/look-up-form';
import { RowCount } from '@/components/registry/row-count';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { requirePermission } from '@/lib/auth/require-permission';
import { iotFor } from '@/lib/aws/iot-gateway';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { parseCertificateLookup } from '@/lib/registry/certificate-lookup';
import { CertificateRows } from './certificate-rows';

/** CAs offered in the filter; an account with more reaches the others from their own pages. */
const CA_CHOICES_MAX = 100;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('registry');
  return { title: t('certificates.title') };
}

export default async function CertificatesPage({
  params,
  searchParams,
}: PageProps<'/e/[environment]/certificates'>) {
  const environmentId = (await params).environment;
  await requirePermission('certificate:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const query = parseCertificatesQuery(await searchParams);
  const { find } = query;
  const found = find === undefined ? undefined : parseCertificateLookup(find);
  if (found !== undefined) redirect(certificateHref(environment.id, found));

  const t = await getTranslations('registry');
  const iot = iotFor(environment);
  const request = { pageSize: query.size, token: query.token };
  const page =
    query.ca === undefined ? iot.listCertificates(request) : iot.listCertificatesByCa(query.ca, request);
  const cas = iot.listCaCertificates({ pageSize: CA_CHOICES_MAX, token: undefined });
  return (
    <>
      <PageHeader
        title={t('certificates.title')}
        description={t('certificates.description')}
        aside={
          <Suspense fallback={null}>
            {page.then((read) =>
              read.ok ? <RowCount t={t} page={read.value} isFirstPage={query.token === undefined} /> : null,
            )}
          </Suspense>
        }
        actions={
          <LookUpForm
            action={certificatesHref(environment.id, {})}
            label={t('certificates.find')}
            value={find}
            error={find === undefined ? undefined : t('certificates.badId', { text: find })}
            submitLabel={t('list.lookUp')}
            isMonospace
          />
        }
      />
      <ListPanel>
        <Suspense
          key={certificatesHref(environment.id, query)}
          fallback={<Skeleton label={t('list.loading')} rows={8} />}
        >
          <CertificateRows t={t} environment={environment.id} query={query} page={page} cas={cas} />
        </Suspense>
      </ListPanel>
    </>
  );
}
