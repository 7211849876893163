'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'use-intl';
import { caHref } from '@/components/registry/hrefs';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Id } from '@/components/ui/id';
import { KeyValue } from '@/components/ui/key-value';
import { Notice } from '@/components/ui/notice';
import type { Tone } from '@/components/ui/tone';
import { type CheckedBatch, notOpened } from './checked-batch';
import { DeviceFaults } from './device-faults';
import { useDeviceFaultWords } from './use-device-fault-words';

type CheckResultProps = { environment: string; checked: CheckedBatch; isDone: boolean };

/** What was found: first whether the batch may be used, then what it was compared with, then every fault. */
export function CheckResult({ environment, checked, isDone }: CheckResultProps) {
  const t = useTranslations('check-batch');
  const format = useFormatter();
  const { opened, ledger, counts, rest } = checked;
  return (
    <>
      {isDone ? <Verdict checked={checked} /> : null}
      <Card title={t('ledger.title')}>
        <div className="flex flex-col gap-3 text-sm">
          <p>{t(`ledger.${ledger?.verdict ?? 'not-asked'}`)}</p>
          <KeyValue
            entries={[
              {
                label: t('ledger.digest'),
                value: <Id value={opened.manifestSha256} label={t('ledger.digest')} />,
              },
              ...(ledger?.batch === undefined
                ? []
                : [
                    {
                      label: t('ledger.batch'),
                      value: <span className="font-mono text-xs">{ledger.batch.id}</span>,
                    },
                    {
                      label: t('ledger.devices'),
                      value: format.number(ledger.batch.devices),
                    },
                    { label: t('ledger.operator'), value: ledger.batch.operatorName },
                    ...(ledger.batch.endedAt === undefined
                      ? []
                      : [
                          {
                            label: t('ledger.delivered'),
                            value: format.dateTime(new Date(ledger.batch.endedAt), {
                              dateStyle: 'medium',
                              timeStyle: 'short',
                            }),
                          },
                        ]),
                    {
                      label: t('ledger.ca'),
                      value: (
                        <Link href={caHref(environment, ledger.batch.caId)} className="link">
                          {ledger.ca?.name ?? ledger.batch.caId.slice(0, 8)}
                        </Link>
                      ),
                    },
                  ]),
            ]}
          />
        </div>
      </Card>
      <Card title={t('counts.title')}>
        <div className="flex flex-col gap-3 text-sm">
          <KeyValue
            entries={(
              [
                'devices',
                'files',
                'certificates',
                'signatures',
                'keysMatching',
                'keysLocked',
                'templates',
              ] as const
            ).map((name) => ({
              label: t(`counts.${name}`),
              value: <span className="tabular-nums">{format.number(counts[name])}</span>,
            }))}
          />
          {isDone && ledger?.ca?.templateBody === undefined ? (
            <p className="text-ink-muted">{t('counts.noTemplate')}</p>
          ) : null}
          {isDone && counts.signatures > 0 && ledger?.ca === undefined ? (
            <p className="text-ink-muted">{t('counts.ownChain')}</p>
          ) : null}
        </div>
      </Card>
      <DeviceFaults checked={checked} />
      {rest !== undefined && rest.unlistedCount > 0 ? (
        <Notice tone="danger" title={t('rest.unlisted', { count: rest.unlistedCount })}>
          <p>{t('rest.unlistedText')}</p>
          <ul className="max-h-48 overflow-y-auto font-mono text-xs wrap-anywhere">
            {rest.unlisted.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {rest?.isTableEqual === false ? (
        <Notice tone="danger" title={t('rest.table')}>
          <p>{t('rest.tableText')}</p>
        </Notice>
      ) : null}
      {hasOtherRoot(checked) ? (
        <Notice tone="danger" title={t('rest.root')}>
          <p>{t('rest.rootText')}</p>
        </Notice>
      ) : null}
    </>
  );
}

function Verdict({ checked }: { checked: CheckedBatch }) {
  const t = useTranslations('check-batch.verdict');
  const words = useDeviceFaultWords();
  const format = useFormatter();
  const faults = Object.values(checked.faultCounts).reduce((sum, count) => sum + count, 0);
  const verdict = verdictOf(checked, faults);
  const closed = notOpened(checked);
  const params = {
    count: faults,
    devices: format.number(checked.counts.devices),
    faulty: checked.faultyDevices,
  };
  const title = t(`${verdict}.title`, params);
  const lines = checked.faulty.map(({ line, commonName, fault }) =>
    [line, commonName, words.sentence(fault)].join('\t'),
  );
  return (
    <Notice tone={TONES[verdict]} role="status" title={title}>
      <p>{t(`${verdict}.text`)}</p>
      {closed > 0 && verdict !== 'empty' ? <p>{t('notOpened', { count: closed })}</p> : null}
      {lines.length === 0 ? null : (
        <div>
          <CopyButton text={[title, ...lines, ''].join('\n')} what={t('copyWhat')} variant="secondary">
            {t('copy')}
          </CopyButton>
        </div>
      )}
    </Notice>
  );
}

const VERDICTS = ['good', 'unknown', 'changed', 'empty', 'faulty'] as const;
type BatchVerdict = (typeof VERDICTS)[number];

const TONES: Record<BatchVerdict, Tone> = {
  good: 'positive',
  unknown: 'warning',
  changed: 'danger',
  empty: 'danger',
  faulty: 'danger',
};

function verdictOf(checked: CheckedBatch, faults: number): BatchVerdict {
  const { counts, rest, ledger } = checked;
  if (counts.devices === 0) return 'empty';
  const isSpoiled =
    faults > 0 || rest?.isTableEqual === false || (rest?.unlistedCount ?? 0) > 0 || hasOtherRoot(checked);
  if (isSpoiled) return 'faulty';
  if (ledger?.verdict === 'differs') return 'changed';
  return ledger?.verdict === 'same' ? 'good' : 'unknown';
}

/** The root of the servers is in no manifest: it is compared with what the environment trusts now. */
function hasOtherRoot({ opened, ledger }: CheckedBatch): boolean {
  if (opened.serverRootPem === undefined || ledger?.serverRootPem === undefined) return false;
  const plain = (pem: string) => pem.replaceAll(/\s/g, '');
  return plain(opened.serverRootPem) !== plain(ledger.serverRootPem);
}
