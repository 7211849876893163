'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { Disclosure } from '@/components/ui/disclosure';
import type { CheckedBatch } from './checked-batch';
import { useDeviceFaultWords } from './use-device-fault-words';

/** The first of a kind; the count says how many there are. */
const DEVICES_SHOWN_MAX = 25;

/** Every kind of fault with its remedy, and which devices have it. */
export function DeviceFaults({ checked: { faulty, faultCounts } }: { checked: CheckedBatch }) {
  const t = useTranslations('check-batch.faults');
  const format = useFormatter();
  const words = useDeviceFaultWords();
  const kinds = [...new Set(faulty.map(({ fault }) => fault.kind))];
  if (kinds.length === 0) return null;
  return (
    <Card title={t('title')}>
      <ul aria-label={t('title')} className="flex flex-col divide-y divide-line">
        {kinds.map((kind) => {
          const count = faultCounts[kind] ?? 0;
          const shown = faulty.filter(({ fault }) => fault.kind === kind).slice(0, DEVICES_SHOWN_MAX);
          return (
            <li key={kind} className="flex flex-col gap-1 py-3 text-sm first:pt-0 last:pb-0">
              <p className="font-medium">
                {words.title(kind)}{' '}
                <span className="text-ink-muted tabular-nums">({format.number(count)})</span>
              </p>
              <p className="text-ink-muted">{words.remedy(kind)}</p>
              <Disclosure summary={t('devices')} isInitiallyOpen={count <= 5}>
                <ul className="flex flex-col gap-1">
                  {shown.map(({ line, commonName, fault }) => (
                    <li key={`${line} ${JSON.stringify(fault)}`} className="wrap-anywhere">
                      <span className="tabular-nums">{t('line', { line })}</span>{' '}
                      <span className="font-mono text-xs">{commonName}</span> {words.detail(fault)}
                    </li>
                  ))}
                </ul>
                {count > shown.length ? (
                  <p className="text-ink-muted">
                    {t('more', { count: format.number(count - shown.length) })}
                  </p>
                ) : null}
              </Disclosure>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
