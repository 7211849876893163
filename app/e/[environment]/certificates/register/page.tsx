import type { Metadata } from 'next';
import { RegisterCertificates } from '@/components/registration/register-certificates';
import { certificatesHref } from '@/components/registry/certificates-query';
import { FailureNotice } from '@/components/ui/failure-notice';
import { PageHeader } from '@/components/ui/page-header';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { readIssuingCas } from '@/lib/aws/issuing-cas';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { registerCertificates } from './actions';

type Props = PageProps<'/e/[environment]/certificates/register'>;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('registration');
  return { title: t('title') };
}

export default async function RegisterCertificatesPage({ params }: Props) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('certificate:register', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const [t, ui, registry, read] = await Promise.all([
    getTranslations('registration'),
    getTranslations('ui'),
    getTranslations('registry'),
    readIssuingCas(environment, undefined),
  ]);
  const { id, region, endpoints } = environment;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        breadcrumb={[{ label: registry('certificates.label'), href: certificatesHref(id, {}) }]}
        breadcrumbLabel={ui('breadcrumb')}
      />
      {read.ok ? null : <FailureNotice failure={read.failure} />}
      <RegisterCertificates
        environment={id}
        cliTarget={{ region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } }}
        cas={
          read.ok
            ? read.value.cas.flatMap(({ ca }) =>
                ca === undefined ? [] : [{ caId: ca.caId, name: ca.name, certificatePem: ca.certificatePem }],
              )
            : []
        }
        mayStandAlone={can(operator, 'certificate:register-without-ca', { environment: id })}
        mayCreatePolicy={can(operator, 'policy:create', { environment: id })}
        register={registerCertificates}
      />
    </>
  );
}
