import { caHref, certificateHref } from '@/components/registry/hrefs';
import { CertificateStatus } from '@/components/status/resource-status';
import { Card } from '@/components/ui/card';
import { Id } from '@/components/ui/id';
import { KeyValue } from '@/components/ui/key-value';
import { LifeBar } from '@/components/ui/life-bar';
import { TimeAgo } from '@/components/ui/time-ago';
import { DeliveryStatus } from './delivery-status';
import { type ListedDevice, whoIssued } from './devices-table';
import type { IssuedSubject } from './issued-subject';
import type { DeviceTranslator } from './translator';

type DeviceSummaryProps = {
  t: DeviceTranslator;
  environment: string;
  device: ListedDevice & {
    serial: string;
    deliveredAt: string | undefined;
    lastSeenSource: 'sweep' | 'look-up' | 'event' | 'act' | undefined;
  };
  subject: IssuedSubject;
};

/** What the ledger knows: what was issued, by whom, under which CA, and whether the bundle was saved. */
export function DeviceSummary({ t, environment, device, subject }: DeviceSummaryProps) {
  const { certificateId, caId, serial, issuedAt, deliveredAt, delivery, lastSeen, lastSeenSource } = device;
  // Of who was made elsewhere nobody here had a bundle or a key.
  const isFromHere = device.origin === undefined || device.origin === 'issued';
  return (
    <Card title={t('summary.title')}>
      <KeyValue
        entries={[
          { label: t('summary.subject'), value: subject.text || device.commonName },
          {
            label: t('summary.validity'),
            value: <LifeBar from={device.notBefore} to={device.notAfter} />,
          },
          {
            label: t('summary.issued'),
            value: (
              <>
                <TimeAgo at={issuedAt} isAbsolute /> · {whoIssued(t, device)}
              </>
            ),
          },
          ...(isFromHere
            ? [
                {
                  label: t('summary.delivery'),
                  value: (
                    <span className="flex flex-col gap-0.5">
                      <DeliveryStatus delivery={delivery} />
                      <span className="text-xs text-ink-muted">
                        {deliveredAt === undefined ? (
                          t(`summary.deliveryText.${delivery}`)
                        ) : (
                          <TimeAgo at={deliveredAt} />
                        )}
                      </span>
                    </span>
                  ),
                },
                { label: t('summary.key'), value: t(`summary.keyOrigin.${subject.keyOrigin}`) },
              ]
            : []),
          {
            label: t('summary.lastSeen'),
            value:
              lastSeen === undefined ? (
                t('summary.neverSeen')
              ) : (
                <span className="flex flex-col gap-0.5">
                  <CertificateStatus status={lastSeen.state} />
                  <span className="text-xs text-ink-muted">
                    {lastSeenSource === undefined ? (
                      <TimeAgo at={lastSeen.at} />
                    ) : (
                      t.rich(`summary.seenSource.${lastSeenSource}`, {
                        time: () => <TimeAgo at={lastSeen.at} />,
                      })
                    )}
                  </span>
                </span>
              ),
          },
          {
            label: t('summary.ca'),
            value:
              caId === undefined ? (
                t('summary.noCa')
              ) : (
                <Id value={caId} label={t('summary.ca')} href={caHref(environment, caId)} />
              ),
          },
          { label: t('summary.serial'), value: <Id value={serial} label={t('summary.serial')} isWhole /> },
          {
            label: t('summary.certificateId'),
            value: (
              <Id
                value={certificateId}
                label={t('summary.certificateId')}
                href={certificateHref(environment, certificateId)}
                isWhole
              />
            ),
            isWide: true,
          },
        ]}
      />
    </Card>
  );
}
