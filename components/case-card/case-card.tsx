'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { ActivationLadder } from '@/components/diagnosis/activation-ladder';
import { ConnectionState } from '@/components/diagnosis/connection-state';
import { DiagnosisCard } from '@/components/diagnosis/diagnosis-card';
import { CertificateStatus } from '@/components/status/resource-status';
import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import type { CaseCard as CaseCardFacts } from '@/lib/diagnosis/case-card';
import { ABSENT } from '@/lib/diagnosis/known';

type CaseCardProps = {
  card: CaseCardFacts;
  /** Where things and policies lead to; undefined: to nowhere, for readers who have no account here. */
  environment: string | undefined;
};

/** One device's case on one page: what it is, why it hangs, what to do. Reads the same on screen and on paper. */
export function CaseCard({ card: { device, place }, environment }: CaseCardProps) {
  const t = useTranslations('case');
  const diagnosis = useTranslations('diagnosis');
  const format = useFormatter();
  const { diagnosis: judged, status } = device;
  const at = format.dateTime(judged.at, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
  return (
    <article aria-label={t('title')} className="flex flex-col gap-4">
      <Card title={t('device')} aside={t('asOf', { time: at })}>
        <KeyValue
          entries={[
            { label: t('name'), value: device.commonName ?? '–' },
            {
              label: t('status'),
              value:
                status === undefined ? (
                  t('statusUnread')
                ) : status === ABSENT ? (
                  t('statusAbsent')
                ) : (
                  <CertificateStatus status={status} />
                ),
            },
            { label: t('environment'), value: `${place.name} · ${place.accountId} · ${place.region}` },
            { label: t('things'), value: listed(device.things) },
            { label: t('policies'), value: listed(device.policies) },
            {
              label: t('certificateId'),
              value: <span className="font-mono text-xs wrap-anywhere">{device.certificateId}</span>,
              isWide: true,
            },
          ]}
        />
      </Card>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] print:grid-cols-1">
        <DiagnosisCard device={device} place={place} />
        <Card title={diagnosis('what.activation')}>
          <div className="flex flex-col gap-4">
            <ActivationLadder environment={environment} device={device} />
            <ConnectionState connection={judged.ladder.connection} />
          </div>
        </Card>
      </div>
      <p className="text-xs text-ink-muted">{t('redacted')}</p>
    </article>
  );
}

const listed = (names: readonly string[]): string => (names.length === 0 ? '–' : names.join(', '));
