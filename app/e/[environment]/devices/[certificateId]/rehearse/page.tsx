import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { devicesHref } from '@/components/device/devices-query';
import { deviceHref } from '@/components/registry/hrefs';
import { MissingResource } from '@/components/registry/missing-resource';
import { DevicePrograms } from '@/components/rehearsal/device-programs';
import { RehearsalSteps } from '@/components/rehearsal/rehearsal-steps';
import { LiveNotice } from '@/components/status/live/live-notice';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { RefreshButton } from '@/components/ui/refresh-button';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { feedOf } from '@/lib/devices/live/feeds';
import { getTranslations } from '@/lib/locale/get-translations';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { readRehearsal } from './read-rehearsal';

type Props = PageProps<'/e/[environment]/devices/[certificateId]/rehearse'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('rehearsal');
  return { title: `${t('title')} ${shortenMiddle((await params).certificateId)}` };
}

export default async function RehearsePage({ params }: Props) {
  const { environment: environmentId, certificateId } = await params;
  await requirePermission('device:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  if (!isCertificateId(certificateId)) notFound();

  const now = new Date();
  const [t, device, ui, read] = await Promise.all([
    getTranslations('rehearsal'),
    getTranslations('device'),
    getTranslations('ui'),
    readRehearsal(environment, certificateId, now),
  ]);
  const { commonName, clientName, facts, host } = read;
  // Its first contact may have come before anybody listened.
  if (facts.status === 'PENDING_ACTIVATION') feedOf(environment).follow(certificateId);
  const name = commonName ?? shortenMiddle(certificateId);
  const header = {
    title: t('titleOf', { name }),
    breadcrumb: [
      { label: device('list.title'), href: devicesHref(environment.id, {}) },
      { label: name, href: deviceHref(environment.id, certificateId) },
    ],
    breadcrumbLabel: ui('breadcrumb'),
  };
  if (!read.isKnown && facts.status === 'absent') {
    return (
      <>
        <PageHeader {...header} />
        <MissingResource
          title={device('page.missingTitle')}
          text={device('page.missingText')}
          action={<LinkButton href={devicesHref(environment.id, {})}>{device('list.title')}</LinkButton>}
        />
      </>
    );
  }
  return (
    <>
      <PageHeader {...header} description={t('description')} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title={t('connect')}>
          {host.ok ? (
            <DevicePrograms
              target={{
                host: host.value,
                port: environment.mqtt.port,
                thingName: clientName,
                fileNames: read.fileNames,
              }}
              bundle={read.fileNames.zip}
            />
          ) : (
            <FailureNotice failure={host.failure} />
          )}
        </Card>
        <Card title={t('watch')} actions={<RefreshButton readAt={now.toISOString()} />}>
          <div className="flex flex-col gap-4">
            <RehearsalSteps
              environment={environment.id}
              certificateId={certificateId}
              clientName={clientName}
              facts={facts}
              isExplained={facts.events !== undefined}
              readAt={now.toISOString()}
            />
            <LiveNotice
              environment={environment.id}
              topic={{ device: { certificateId, names: [clientName] } }}
              readAt={now.toISOString()}
              goesOn={facts.status !== 'REVOKED'}
              phase={`${facts.status} ${facts.events?.length}`}
              isThrottled={facts.status === 'unread'}
            />
          </div>
        </Card>
      </div>
    </>
  );
}
