import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CertificateRelations } from '@/components/registry/certificate-relations';
import { CertificateSummaryCard, IssuedHere } from '@/components/registry/certificate-summary';
import { certificatesHref } from '@/components/registry/certificates-query';
import { DecodedCertificate } from '@/components/registry/decoded-certificate';
import { deviceHref, replacementHref } from '@/components/registry/hrefs';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import { Tabs } from '@/components/ui/tabs';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { HeaderActions } from './header-actions';
import { readCertificatePage } from './read-certificate-page';
import { UnknownCertificate } from './unknown-certificate';

type Props = PageProps<'/e/[environment]/certificates/[certificateId]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('registry');
  return { title: `${t('policy.certificate')} ${shortenMiddle((await params).certificateId)}` };
}

export default async function CertificatePage({ params, searchParams }: Props) {
  const { environment: environmentId, certificateId } = await params;
  await requirePermission('certificate:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  if (!isCertificateId(certificateId)) notFound();

  const [t, hierarchy, ui] = await Promise.all([
    getTranslations('registry'),
    getTranslations('hierarchy'),
    getTranslations('ui'),
  ]);
  const readAt = new Date().toISOString();
  const read = await readCertificatePage(environment, certificateId);
  const { issued, certificate } = read;
  const breadcrumb = [{ label: t('certificates.title'), href: certificatesHref(environment.id, {}) }];
  if (!certificate.ok) {
    return (
      <>
        <PageHeader
          title={<span className="font-mono">{shortenMiddle(certificateId)}</span>}
          breadcrumb={breadcrumb}
          breadcrumbLabel={ui('breadcrumb')}
        />
        <UnknownCertificate
          t={t}
          environment={environment.id}
          failure={certificate.failure}
          issued={issued}
        />
      </>
    );
  }

  const { facts, things, policies } = read;
  const commonName = facts?.subject.fields.commonName;
  const { tab } = await searchParams;
  return (
    <>
      <PageHeader
        title={commonName ?? <span className="font-mono">{shortenMiddle(certificateId)}</span>}
        breadcrumb={breadcrumb}
        breadcrumbLabel={ui('breadcrumb')}
        actions={
          <>
            <LinkButton href={replacementHref(environment.id, certificateId)}>
              {hierarchy('replacement.open')}
            </LinkButton>
            <LinkButton href={deviceHref(environment.id, certificateId)}>
              {t('certificates.diagnosis')}
            </LinkButton>
            <HeaderActions
              environment={environment.id}
              certificate={certificate.value}
              shortName={commonName ?? certificateId.slice(0, 8)}
              readAt={readAt}
            />
          </>
        }
      />
      {issued === undefined ? null : (
        <IssuedHere
          t={t}
          href={deviceHref(environment.id, certificateId)}
          operatorName={issued.operatorName}
          commonName={issued.commonName}
        />
      )}
      <CertificateSummaryCard
        t={t}
        environment={environment.id}
        certificate={certificate.value}
        facts={facts}
      />
      <Tabs
        label={t('certificate.tabs')}
        initialTab={typeof tab === 'string' ? tab : undefined}
        tabs={[
          {
            id: 'related',
            label: t('certificate.tabRelated'),
            content: (
              <CertificateRelations t={t} environment={environment.id} things={things} policies={policies} />
            ),
          },
          {
            id: 'decoded',
            label: t('certificate.tabDecoded'),
            content:
              facts === undefined ? (
                <Notice tone="warning" title={t('certificate.unreadable')}>
                  <p>{t('certificate.unreadableText')}</p>
                </Notice>
              ) : (
                <DecodedCertificate t={t} facts={facts} />
              ),
          },
          {
            id: 'pem',
            label: t('certificate.tabPem'),
            content: (
              <Card title={t('certificate.tabPem')}>
                <CodeBlock label={t('certificate.tabPem')} code={certificate.value.certificatePem} />
              </Card>
            ),
          },
        ]}
      />
    </>
  );
}
