import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BlastRadius } from '@/components/ca/blast-radius';
import { caName } from '@/components/ca/ca-facts';
import { casHref } from '@/components/ca/cas-query';
import { certificatesOfCaHref } from '@/components/ca/hrefs';
import { rotationHref } from '@/components/ca/rotation-href';
import { CaChoice } from '@/components/device/ca-choice';
import { devicesHref } from '@/components/device/devices-query';
import { caHref } from '@/components/registry/hrefs';
import { ListPanel } from '@/components/registry/list-panel';
import { textParameter } from '@/components/registry/list-query';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { PageLinks } from '@/components/ui/page-links';
import { RefreshButton } from '@/components/ui/refresh-button';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { readIssuingCas } from '@/lib/aws/issuing-cas';
import { requireEnvironment } from '@/lib/config/environments';
import { readCaSide } from '@/lib/devices/ca-rotation';
import { getTranslations } from '@/lib/locale/get-translations';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { ok } from '@/lib/result';
import { Successor } from './successor';

type Props = PageProps<'/e/[environment]/certificate-authorities/[caId]/rotation'>;

/** AWS's marker has no bound in the service model; a URL has. */
const token = textParameter(4096);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('hierarchy');
  return { title: `${t('rotation.short')} ${shortenMiddle((await params).caId)}` };
}

/** An old CA beside the one that takes over. */
export default async function RotationPage({ params, searchParams }: Props) {
  const { environment: environmentId, caId } = await params;
  const operator = await requirePermission('ca:read', { environment: environmentId, caId });
  const environment = requireEnvironment(environmentId);
  if (!isCertificateId(caId)) notFound();

  const now = new Date();
  const query = await searchParams;
  const [t, ca, device, ui, old] = await Promise.all([
    getTranslations('hierarchy'),
    getTranslations('ca'),
    getTranslations('device'),
    getTranslations('ui'),
    readCaSide(environment, caId, now),
  ]);
  const name = old.ok ? caName(old.value.facts, caId) : shortenMiddle(caId);
  const to = query['to'];
  const newCaId = typeof to === 'string' && isCertificateId(to) && to !== caId ? to : undefined;
  const header = (
    <PageHeader
      title={t('rotation.title', { name })}
      description={t('rotation.description')}
      breadcrumb={[
        { label: ca('title'), href: casHref(environment.id, {}) },
        { label: name, href: caHref(environment.id, caId) },
      ]}
      breadcrumbLabel={ui('breadcrumb')}
      actions={
        <>
          <RefreshButton readAt={now.toISOString()} />
          {newCaId === undefined ? null : (
            <LinkButton href={rotationHref(environment.id, caId)}>{t('rotation.other')}</LinkButton>
          )}
        </>
      }
    />
  );
  if (!old.ok) {
    return (
      <>
        {header}
        <FailureNotice failure={old.failure} />
      </>
    );
  }

  const off = (
    <Card title={t('rotation.off')}>
      <div className="flex flex-col gap-3 text-sm">
        <p className="max-w-prose">{t('rotation.offText')}</p>
        <BlastRadius impact={old.value.impact} />
        <div className="flex flex-wrap gap-2">
          <LinkButton href={devicesHref(environment.id, { ca: caId })}>{t('rotation.inLedger')}</LinkButton>
          <LinkButton href={certificatesOfCaHref(environment.id, caId)}>{t('rotation.inAws')}</LinkButton>
          <LinkButton href={caHref(environment.id, caId)}>{t('rotation.toCa')}</LinkButton>
        </div>
      </div>
    </Card>
  );
  if (newCaId !== undefined) {
    return (
      <>
        {header}
        <Successor environment={environment} old={{ ...old.value, name }} newCaId={newCaId} now={now} />
        {off}
      </>
    );
  }

  const page = await readIssuingCas(environment, token.parse(query['token']));
  const others = page.ok ? ok({ cas: page.value.cas.filter((listed) => listed.caId !== caId) }) : page;
  const next = page.ok ? page.value.nextToken : undefined;
  return (
    <>
      {header}
      <ListPanel>
        <div className="border-b border-line px-4 py-3">
          <p className="font-semibold">{t('rotation.choose')}</p>
          <p className="max-w-prose text-sm text-ink-muted">{t('rotation.chooseText')}</p>
        </div>
        <CaChoice
          t={device}
          environment={environment.id}
          page={others}
          nowMs={now.getTime()}
          mayRegister={can(operator, 'ca:register', { environment: environment.id })}
          hrefOf={(chosen) => rotationHref(environment.id, caId, { to: chosen })}
        />
        <PageLinks
          nextHref={next === undefined ? undefined : rotationHref(environment.id, caId, { token: next })}
          firstHref={query['token'] === undefined ? undefined : rotationHref(environment.id, caId)}
        />
      </ListPanel>
      {off}
    </>
  );
}
