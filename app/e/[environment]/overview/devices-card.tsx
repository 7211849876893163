import Link from 'next/link';
import { devicesHref } from '@/components/device/devices-query';
import { Figures } from '@/components/overview/figures';
import { Funnel } from '@/components/overview/funnel';
import { consoleHref } from '@/components/shell/console-routes';
import { Card } from '@/components/ui/card';
import type { LedgerCounts } from '@/lib/ledger/counts';
import type { CardProps } from './card-props';

/** How far the devices that were issued here have come. */
export async function DevicesCard({
  t,
  environment,
  devices,
}: CardProps & { devices: Promise<LedgerCounts> }) {
  const { issued, delivered, reserved, notConfirmed, neverSeen, active } = await devices;
  const href = consoleHref('devices', environment.id);
  return (
    <Card title={t('devices.title')}>
      {issued === 0 ? (
        <p className="text-sm text-ink-muted">{t('devices.empty')}</p>
      ) : (
        <div className="flex flex-col gap-4">
          <Funnel
            label={t('devices.funnel')}
            href={href}
            stages={[
              { label: t('devices.issued'), count: issued },
              { label: t('devices.delivered'), count: delivered },
              { label: t('devices.contacted'), count: issued - neverSeen },
              { label: t('devices.active'), count: active },
            ]}
          />
          <Figures
            figures={[
              { label: t('devices.neverSeen'), value: String(neverSeen), href },
              {
                label: t('devices.notConfirmed'),
                value: String(notConfirmed),
                href: devicesHref(environment.id, { delivery: 'not-confirmed' }),
              },
              ...(reserved === 0
                ? []
                : [
                    {
                      label: t('devices.beingIssued'),
                      value: String(reserved),
                      href: devicesHref(environment.id, { delivery: 'reserved' }),
                    },
                  ]),
            ]}
          />
          <p className="text-xs text-ink-muted">{t('devices.asSeen')}</p>
          <Link
            href={consoleHref('ledger', environment.id)}
            className="link inline-flex min-h-6 items-center self-start text-sm"
          >
            {t('devices.ledger')}
          </Link>
        </div>
      )}
    </Card>
  );
}
