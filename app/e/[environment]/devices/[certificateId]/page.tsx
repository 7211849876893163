import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ActivateButton } from '@/components/device/activate-button';
import { CauseNotice } from '@/components/device/cause-notice';
import { ConnectLines } from '@/components/device/connect-lines';
import { DeviceSummary } from '@/components/device/device-summary';
import { devicesHref } from '@/components/device/devices-query';
import { FirstConnectCard } from '@/components/device/first-connect-card';
import { contactObstacles } from '@/components/device/obstacles';
import { PhaseNotice } from '@/components/device/phase-notice';
import { toListedDevice } from '@/components/device/to-listed-device';
import { certificateHref, policyHref, thingHref } from '@/components/registry/hrefs';
import { MissingResource } from '@/components/registry/missing-resource';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { firstConnect } from '@/lib/registry/first-connect';
import { activatePending } from './actions';
import { type DevicePage, readDevicePage } from './read-device-page';

type Props = PageProps<'/e/[environment]/devices/[certificateId]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('device');
  return { title: `${t('page.title')} ${shortenMiddle((await params).certificateId)}` };
}

export default async function DeviceDetailPage({ params }: Props) {
  const { environment: environmentId, certificateId } = await params;
  const operator = await requirePermission('device:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  if (!isCertificateId(certificateId)) notFound();

  const [t, ui] = await Promise.all([getTranslations('device'), getTranslations('ui')]);
  const now = new Date();
  const read = await readDevicePage(environment, certificateId, now);
  const breadcrumb = [{ label: t('list.title'), href: devicesHref(environment.id, {}) }];
  const shortId = shortenMiddle(certificateId);
  if (read === undefined) {
    return (
      <>
        <PageHeader
          title={<span className="font-mono">{shortId}</span>}
          breadcrumb={breadcrumb}
          breadcrumbLabel={ui('breadcrumb')}
        />
        <MissingResource
          title={t('page.missingTitle')}
          text={t('page.missingText')}
          action={
            <LinkButton href={certificateHref(environment.id, certificateId)}>
              {t('page.certificate')}
            </LinkButton>
          }
        />
      </>
    );
  }

  const { row, subject, certificate, climb, things, policies, cause } = read;
  const { phase } = firstConnect(climb);
  const isKnown = certificate.ok && certificate.value !== undefined;
  const { region, endpoints } = environment;
  return (
    <>
      <PageHeader
        title={row.commonName || <span className="font-mono">{shortId}</span>}
        breadcrumb={breadcrumb}
        breadcrumbLabel={ui('breadcrumb')}
        actions={
          isKnown ? (
            <LinkButton href={certificateHref(environment.id, certificateId)}>
              {t('page.certificate')}
            </LinkButton>
          ) : undefined
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <FirstConnectCard
          facts={climb}
          readAt={now.toISOString()}
          issuedAt={row.reservedAt.toISOString()}
          registeredAt={certificate.ok ? certificate.value?.createdAt?.toISOString() : undefined}
          things={things.map((name) => ({ label: name, href: thingHref(environment.id, name) }))}
          policies={policies.map(({ name }) => ({
            label: shortenMiddle(name),
            href: policyHref(environment.id, name),
          }))}
          failures={read.failures}
        >
          {cause === undefined ? <PhaseNotice facts={climb} /> : null}
          {phase === 'awaiting' ? <Obstacles read={read} now={now} /> : null}
          {cause === undefined ? null : <CauseNotice cause={cause} />}
          {phase === 'by-hand' && can(operator, 'certificate:update', { environment: environment.id }) ? (
            <ActivateButton
              environment={environment.id}
              certificateId={certificateId}
              cliTarget={{ region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } }}
              activate={activatePending}
            />
          ) : null}
        </FirstConnectCard>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={t(phase === 'active' ? 'page.connectAgain' : 'page.connect')}>
            {read.host.ok ? (
              <ConnectLines
                commonName={row.commonName}
                certificateId={certificateId}
                clientName={read.clientName}
                hasKey={subject.keyOrigin === 'console'}
                host={read.host.value}
                port={environment.mqtt.port}
                show={phase === 'active' ? 'again' : phase === 'awaiting' ? 'first' : 'all'}
              />
            ) : (
              <FailureNotice failure={read.host.failure} />
            )}
          </Card>
          <DeviceSummary
            t={t}
            environment={environment.id}
            device={{
              ...toListedDevice(row),
              serial: row.serial,
              deliveredAt: row.deliveredAt?.toISOString(),
            }}
            subject={subject}
          />
        </div>
      </div>
    </>
  );
}

/** Said while nothing has happened yet, so that nobody waits in vain. */
async function Obstacles({ read: { row, ca }, now }: { read: DevicePage; now: Date }) {
  const t = await getTranslations('device');
  if (!ca.ok && ca.failure.kind !== 'not-found') return null;
  const found = contactObstacles({ ca: ca.ok ? ca.value : undefined, notAfter: row.notAfter }, now);
  return found.map((obstacle) => (
    <Notice key={obstacle} tone="warning" title={t(`obstacle.${obstacle}.title`)}>
      <p>{t(`obstacle.${obstacle}.text`)}</p>
    </Notice>
  ));
}
