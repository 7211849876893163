import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { certificatesHref, parseCertificatesQuery } from '@/components/registry/certificates-query';
import { certificateHref } from '@/components/registry/hrefs';
import { LookUpListPage } from '@/components/registry/look-up-list-page';
import { can } from '@/lib/auth/permissions';
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
  const operator = await requirePermission('certificate:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const query = parseCertificatesQuery(await searchParams);
  const { find } = query;
  const found = find === undefined ? undefined : parseCertificateLookup(find);
  if (found !== undefined) redirect(certificateHref(environment.id, found));

  const t = await getTranslations('registry');
  const readAt = new Date().toISOString();
  const iot = iotFor(environment);
  const request = { pageSize: query.size, token: query.token };
  const page =
    query.ca === undefined ? iot.listCertificates(request) : iot.listCertificatesByCa(query.ca, request);
  const cas = iot.listCaCertificates({ pageSize: CA_CHOICES_MAX, token: undefined });
  return (
    <LookUpListPage
      t={t}
      title={t('certificates.title')}
      description={t('certificates.description')}
      page={page}
      isFirstPage={query.token === undefined}
      lookUp={{
        action: certificatesHref(environment.id, {}),
        label: t('certificates.find'),
        unfound:
          find === undefined ? undefined : { text: find, error: t('certificates.badId', { text: find }) },
      }}
      href={certificatesHref(environment.id, query)}
    >
      <CertificateRows
        t={t}
        environment={environment.id}
        query={query}
        page={page}
        readAt={readAt}
        cas={cas}
        isSelectable={can(operator, 'certificate:update', { environment: environment.id })}
      />
    </LookUpListPage>
  );
}
