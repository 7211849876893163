import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ConnectLines } from '@/components/device/connect-lines';
import { DeviceSummary } from '@/components/device/device-summary';
import { devicesHref } from '@/components/device/devices-query';
import { readIssuedSubject } from '@/components/device/issued-subject';
import { toListedDevice } from '@/components/device/to-listed-device';
import { batchHref } from '@/components/ledger/ledger-href';
import { certificateHref, deviceCaseHref, rehearseHref, replacementHref } from '@/components/registry/hrefs';
import { MissingResource } from '@/components/registry/missing-resource';
import { ReplacementLine } from '@/components/replacement/replacement-line';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { ABSENT } from '@/lib/diagnosis/known';
import { findBatch } from '@/lib/ledger/batches';
import { replacementsAbout } from '@/lib/ledger/replacements';
import { getTranslations } from '@/lib/locale/get-translations';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { DiagnosisSection } from './diagnosis-section';
import { ForeignSummary } from './foreign-summary';
import { readDevicePage } from './read-device-page';

type Props = PageProps<'/e/[environment]/devices/[certificateId]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('device');
  return { title: `${t('page.title')} ${shortenMiddle((await params).certificateId)}` };
}

export default async function DeviceDetailPage({ params, searchParams }: Props) {
  const { environment: environmentId, certificateId } = await params;
  const operator = await requirePermission('device:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  if (!isCertificateId(certificateId)) notFound();

  const [t, hierarchy, ui, caseCard, rehearsal, replacements] = await Promise.all([
    getTranslations('device'),
    getTranslations('hierarchy'),
    getTranslations('ui'),
    getTranslations('case'),
    getTranslations('rehearsal'),
    replacementsAbout(environment.id, certificateId),
  ]);
  const isCloudTrailWanted = (await searchParams)['record'] === 'cloudtrail';
  const read = await readDevicePage(environment, certificateId, { now: new Date(), isCloudTrailWanted });
  const { row, device, host } = read;
  const header = {
    title: device.commonName ?? <span className="font-mono">{shortenMiddle(certificateId)}</span>,
    breadcrumb: [{ label: t('list.title'), href: devicesHref(environment.id, {}) }],
    breadcrumbLabel: ui('breadcrumb'),
  };
  if (row === undefined && device.status === ABSENT) {
    return (
      <>
        <PageHeader {...header} />
        <MissingResource
          title={t('page.missingTitle')}
          text={t('page.missingText')}
          action={
            <LinkButton href={devicesHref(environment.id, { query: certificateId.slice(0, 8) })}>
              {t('list.title')}
            </LinkButton>
          }
        />
      </>
    );
  }

  const { phase } = device.diagnosis.ladder;
  const batch = row?.batch === undefined ? undefined : await findBatch(environment.id, row.batch);
  const subject = readIssuedSubject(row?.subject);
  return (
    <>
      <PageHeader
        {...header}
        actions={
          <>
            <LinkButton href={deviceCaseHref(environment.id, certificateId)}>{caseCard('open')}</LinkButton>
            <LinkButton href={rehearseHref(environment.id, certificateId)}>{rehearsal('open')}</LinkButton>
            {device.status === ABSENT ? null : (
              <>
                <LinkButton href={replacementHref(environment.id, certificateId)}>
                  {hierarchy('replacement.open')}
                </LinkButton>
                <LinkButton href={certificateHref(environment.id, certificateId)}>
                  {t('page.certificate')}
                </LinkButton>
              </>
            )}
          </>
        }
      />
      <ReplacementLine environment={environment.id} certificateId={certificateId} {...replacements} />
      <DiagnosisSection operator={operator} environment={environment} read={read} />
      {row === undefined ? (
        <ForeignSummary environment={environment.id} device={device} leafPem={read.leafPem} />
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          {/* The lines are for a bundle of ours; who was made elsewhere has none. */}
          {row.origin === 'issued' ? (
            <Card title={t(phase === 'active' ? 'page.connectAgain' : 'page.connect')}>
              {host.ok ? (
                <ConnectLines
                  commonName={row.commonName}
                  certificateId={certificateId}
                  clientName={read.clientName}
                  hasKey={subject.keyOrigin === 'console'}
                  host={host.value}
                  port={environment.mqtt.port}
                  show={phase === 'active' ? 'again' : phase === 'awaiting' ? 'first' : 'all'}
                />
              ) : (
                <FailureNotice failure={host.failure} />
              )}
            </Card>
          ) : null}
          <DeviceSummary
            t={t}
            environment={environment.id}
            device={{
              ...toListedDevice(row),
              serial: row.serial,
              deliveredAt: row.deliveredAt?.toISOString(),
              lastSeenSource: row.lastSeenSource,
            }}
            subject={subject}
            batch={
              batch && {
                id: batch.id,
                href: batchHref(environment.id, batch.id),
                isOpen: batch.state === 'open',
                operatorName: batch.operatorName,
                begunAt: batch.createdAt.toISOString(),
              }
            }
          />
        </div>
      )}
    </>
  );
}
