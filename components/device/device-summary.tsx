import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
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

type DeviceBatch = {
  id: string;
  href: Route;
  isOpen: boolean;
  operatorName: string;
  /** ISO 8601. */
  begunAt: string;
};

type DeviceSummaryProps = {
  t: DeviceTranslator;
  environment: string;
  device: ListedDevice & {
    serial: string;
    deliveredAt: string | undefined;
    lastSeenSource: 'sweep' | 'look-up' | 'event' | 'act' | undefined;
  };
  subject: IssuedSubject;
  /** The one it was issued in. */
  batch?: DeviceBatch | undefined;
};

/** What the ledger knows: what was issued, by whom, under which CA, and whether the bundle was saved. */
export function DeviceSummary({ t, environment, device, subject, batch }: DeviceSummaryProps) {
  const { certificateId, caId, serial, issuedAt, delivery, lastSeen, lastSeenSource } = device;
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
                      <span className="text-xs text-ink-muted">{bundleText(t, device, batch)}</span>
                    </span>
                  ),
                },
                ...(batch === undefined
                  ? []
                  : [
                      {
                        label: t('summary.batch'),
                        value: (
                          <Link href={batch.href} title={batch.id} className="link font-mono">
                            {batch.id.slice(0, 8)}
                          </Link>
                        ),
                      },
                    ]),
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

/** Since when it is delivered, or why it is not known to be; of a batch that is not finished who can end it. */
function bundleText(
  t: DeviceTranslator,
  { delivery, deliveredAt }: DeviceSummaryProps['device'],
  batch: DeviceBatch | undefined,
): ReactNode {
  if (deliveredAt !== undefined) return <TimeAgo at={deliveredAt} />;
  if (delivery !== 'reserved' || !batch?.isOpen) return t(`summary.deliveryText.${delivery}`);
  return t.rich('summary.openBatch', {
    operator: batch.operatorName,
    time: () => <TimeAgo at={batch.begunAt} />,
  });
}
