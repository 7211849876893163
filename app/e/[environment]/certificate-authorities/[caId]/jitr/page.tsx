import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { casHref } from '@/components/ca/cas-query';
import { JitrForm } from '@/components/jitr/jitr-form';
import { StandingCard } from '@/components/jitr/standing-card';
import { caHref } from '@/components/registry/hrefs';
import { MissingResource } from '@/components/registry/missing-resource';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { RefreshButton } from '@/components/ui/refresh-button';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import { Skeleton } from '@/components/ui/skeleton';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { makeCall, readAllowedIds, saveSettings } from './actions';
import { readJitrPage } from './read-jitr-page';
import { RulesSection } from './rules-section';

type Props = PageProps<'/e/[environment]/certificate-authorities/[caId]/jitr'>;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('jitr');
  return { title: t('title') };
}

export default async function JitrPage({ params }: Props) {
  const { environment: environmentId, caId } = await params;
  const operator = await requirePermission('ca:read', { environment: environmentId, caId });
  const environment = requireEnvironment(environmentId);
  if (!isCertificateId(caId)) notFound();

  const [t, cas, registry, ui, read] = await Promise.all([
    getTranslations('jitr'),
    getTranslations('ca'),
    getTranslations('registry'),
    getTranslations('ui'),
    readJitrPage(environment, caId),
  ]);
  const { id, accountId, region, endpoints } = environment;
  const frame = {
    title: t('title'),
    description: t('description'),
    breadcrumb: [
      { label: cas('title'), href: casHref(id, {}) },
      { label: shortenMiddle(caId), href: caHref(id, caId) },
    ],
    breadcrumbLabel: ui('breadcrumb'),
  };
  if (!read.ok) {
    return (
      <>
        <PageHeader {...frame} />
        {read.failure.kind === 'not-found' ? (
          <MissingResource
            title={cas('detail.missingTitle')}
            text={cas('detail.missingText')}
            action={<LinkButton href={casHref(id, {})}>{cas('title')}</LinkButton>}
          />
        ) : (
          <FailureNotice failure={read.failure} />
        )}
      </>
    );
  }

  const { ca, setUp, settings, proposedDocument, allowed, standing, policyNames } = read.value;
  const mayChange = can(operator, 'ca:update', { environment: id, caId });
  const idle = ca.registrationConfig !== undefined ? 'template' : ca.autoRegistration ? undefined : 'closed';
  return (
    <>
      <PageHeader {...frame} actions={<RefreshButton readAt={new Date().toISOString()} />} />
      {ca.status === 'INACTIVE' ? <Notice tone="warning" title={t('idle.inactive')} /> : null}
      {idle === undefined ? null : (
        <Notice tone="warning" title={t(`idle.${idle}`)}>
          <p>{t(`idle.${idle}Help`)}</p>
        </Notice>
      )}
      {standing.ok ? null : <FailureNotice failure={standing.failure} />}
      <Suspense fallback={<Skeleton label={registry('list.loading')} rows={3} />}>
        <RulesSection operator={operator} environment={environment} caId={caId} />
      </Suspense>
      {mayChange ? (
        <JitrForm
          environment={id}
          caId={caId}
          accountId={accountId}
          region={region}
          cliTarget={{
            region,
            endpoints: { iot: endpoints.iot, iam: endpoints.iam, lambda: endpoints.lambda },
          }}
          caPem={ca.certificatePem}
          settings={settings}
          isKept={setUp !== undefined}
          proposedDocument={proposedDocument}
          allowed={allowed}
          deployedAllowed={setUp?.deployedAllowed ?? 0}
          standing={standing.ok ? standing.value : undefined}
          policyNames={policyNames}
          actions={{ readAllowedIds, saveSettings, makeCall }}
        />
      ) : (
        <>
          {standing.ok ? (
            <StandingCard state={standing.value.state} onAct={undefined} isChanged={false} newlyAllowed={0} />
          ) : null}
          <Notice tone="info" title={t('mayNotChange')} />
        </>
      )}
    </>
  );
}
