'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { Disclosure } from '@/components/ui/disclosure';
import { FailureNotice } from '@/components/ui/failure-notice';
import { ResourceTable } from '@/components/ui/resource-table';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import { ACTIVATION_DAYS } from './activation-days';
import { DayChart } from './day-chart';
import { ledgerOverviewHref } from './ledger-href';

type ActivationsCardProps = {
  environment: string;
  /** Oldest first; `day` as `2026-11-22` in UTC. */
  read: Result<readonly { day: string; activations: number }[], Failure>;
  /** How many days were asked for. */
  daysCount: number;
};

/** Activations per day, as a picture and as a table. */
export function ActivationsCard({ environment, read, daysCount }: ActivationsCardProps) {
  const t = useTranslations('ledger-work.activations');
  const format = useFormatter();
  const nameOf = (day: string) => format.dateTime(new Date(day), { dateStyle: 'medium', timeZone: 'UTC' });
  const days = read.ok ? read.value : [];
  const total = days.reduce((sum, { activations }) => sum + activations, 0);
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? ''].map((day) => (day ? nameOf(day) : ''));
  const most = Math.max(0, ...days.map(({ activations }) => activations));
  return (
    <Card
      title={t('title')}
      aside={
        read.ok ? (
          <span className="tabular-nums">{t('total', { count: total, days: daysCount })}</span>
        ) : undefined
      }
      actions={
        <nav aria-label={t('days')} className="flex items-center gap-1 text-xs">
          {ACTIVATION_DAYS.map((count) => (
            <Link
              key={count}
              href={ledgerOverviewHref(environment, { days: count })}
              aria-current={count === daysCount ? 'true' : undefined}
              scroll={false}
              className="inline-flex min-h-6 items-center rounded-sm px-1.5 text-accent hover:bg-sunken aria-[current]:bg-sunken aria-[current]:font-semibold aria-[current]:text-ink"
            >
              {t('daysOption', { days: count })}
            </Link>
          ))}
        </nav>
      }
    >
      <div className="flex flex-col gap-3">
        {!read.ok ? (
          <FailureNotice failure={read.failure} />
        ) : total === 0 ? (
          <p className="text-sm text-ink-muted">{t('none')}</p>
        ) : (
          <>
            <DayChart
              label={t('chart', { from: first ?? '', to: last ?? '', most })}
              days={days.map(({ day, activations }) => ({
                day,
                count: activations,
                title: t('point', { day: nameOf(day), count: activations }),
              }))}
              ends={{ first: first ?? '', last: last ?? '' }}
            />
            <Disclosure summary={t('table')}>
              <ResourceTable
                label={t('title')}
                rows={days.filter(({ activations }) => activations > 0).toReversed()}
                rowKey={({ day }) => day}
                empty={null}
                columns={[
                  { id: 'day', header: t('day'), isRowHeader: true, cell: ({ day }) => nameOf(day) },
                  {
                    id: 'activations',
                    header: t('activations'),
                    align: 'end',
                    cell: ({ activations }) => activations,
                  },
                ]}
              />
            </Disclosure>
          </>
        )}
        <p className="text-xs text-ink-muted">{t('rule')}</p>
      </div>
    </Card>
  );
}
