import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CaCertificatePanel } from '@/components/ca/ca-certificate-panel';
import { caName } from '@/components/ca/ca-facts';
import { parseCaPageQuery } from '@/components/ca/ca-page-query';
import { CaSummaryCard } from '@/components/ca/ca-summary';
import { casHref } from '@/components/ca/cas-query';
import { IssuersPanel } from '@/components/ca/issuers-panel';
import { MissingResource } from '@/components/registry/missing-resource';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import { Tabs } from '@/components/ui/tabs';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { DevicesSection } from './devices-section';
import { HeaderActions } from './header-actions';
import { keepIssuers } from './issuers/actions';
import { readCaPage } from './read-ca-page';
import { TemplateSection } from './template-section';

type Props = PageProps<'/e/[environment]/certificate-authorities/[caId]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('ca');
  return { title: `CA ${shortenMiddle((await params).caId)} – ${t('title')}` };
}

export default async function CertificateAuthorityPage({ params, searchParams }: Props) {
  const { environment: environmentId, caId } = await params;
  const operator = await requirePermission('ca:read', { environment: environmentId, caId });
  const environment = requireEnvironment(environmentId);
  if (!isCertificateId(caId)) notFound();

  const query = parseCaPageQuery(await searchParams);
  const [t, registry, ui, read] = await Promise.all([
    getTranslations('ca'),
    getTranslations('registry'),
    getTranslations('ui'),
    readCaPage(environment, caId, { pageSize: query.size, token: query.token }),
  ]);
  const frame = {
    breadcrumb: [{ label: t('title'), href: casHref(environment.id, {}) }],
    breadcrumbLabel: ui('breadcrumb'),
  };
  if (!read.ok) {
    return (
      <>
        <PageHeader {...frame} title={<span className="font-mono">{shortenMiddle(caId)}</span>} />
        {read.failure.kind === 'not-found' ? (
          <MissingResource
            title={t('detail.missingTitle')}
            text={t('detail.missingText')}
            action={<LinkButton href={casHref(environment.id, {})}>{t('title')}</LinkButton>}
          />
        ) : (
          <FailureNotice failure={read.failure} />
        )}
      </>
    );
  }

  const { ca, facts, isSelfSigned, registered, impact, issuers, certificates } = read.value;
  const name = caName(facts, caId);
  const actions = { operator, environment, ca, name, registered, impact };
  return (
    <>
      <PageHeader {...frame} title={name} actions={<HeaderActions {...actions} />} />
      <CaSummaryCard
        t={t}
        registry={registry}
        environment={environment.id}
        ca={ca}
        facts={facts}
        isSelfSigned={isSelfSigned}
        registered={registered}
      />
      <Tabs
        label={t('detail.tabs')}
        initialTab={query.tab}
        tabs={[
          {
            id: 'template',
            label: t('detail.tabTemplate'),
            content: <TemplateSection t={t} registry={registry} {...actions} />,
          },
          {
            id: 'devices',
            label: t('detail.tabDevices'),
            content: (
              <DevicesSection
                t={t}
                registry={registry}
                environment={environment.id}
                caId={caId}
                query={query}
                certificates={certificates}
                mayIssue={can(operator, 'device:issue', { environment: environment.id, caId })}
              />
            ),
          },
          {
            id: 'certificate',
            label: t('detail.tabCertificate'),
            content: (
              <div className="flex flex-col gap-4">
                {isSelfSigned ? null : (
                  <IssuersPanel
                    environment={environment.id}
                    caId={caId}
                    caPem={ca.certificatePem}
                    issuers={issuers}
                    keepIssuers={
                      can(operator, 'ca:update', { environment: environment.id, caId })
                        ? keepIssuers
                        : undefined
                    }
                  />
                )}
                <CaCertificatePanel
                  t={t}
                  registry={registry}
                  certificatePem={ca.certificatePem}
                  facts={facts}
                  isSelfSigned={isSelfSigned}
                />
              </div>
            ),
          },
        ]}
      />
    </>
  );
}
