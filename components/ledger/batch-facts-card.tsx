import Link from 'next/link';
import { caHref } from '@/components/registry/hrefs';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { KeyValue } from '@/components/ui/key-value';
import { TimeAgo } from '@/components/ui/time-ago';
import { settingsOf } from './batch-facts';
import { BatchLinks } from './batch-links';
import type { LedgerTranslator } from './ledger-translator';

type BatchFactsCardProps = {
  t: LedgerTranslator;
  environment: string;
  batch: {
    id: string;
    caId: string;
    operatorName: string;
    devices: number;
    settings: unknown;
    manifestSha256: string | null;
    createdAt: Date;
    endedAt: Date | null;
  };
  /** The batch whose devices this one issues again, and those that issue this one's again. */
  former: string | undefined;
  reissues: readonly string[];
};

/** Who issued what when, and how. */
export function BatchFactsCard({ t, environment, batch, former, reissues }: BatchFactsCardProps) {
  const { id, caId, operatorName, devices, settings, manifestSha256, createdAt, endedAt } = batch;
  return (
    <Card title={t('batch.facts')}>
      <KeyValue
        entries={[
          {
            label: t('batch.id'),
            value: <span className="font-mono text-xs">{id}</span>,
            isWide: true,
          },
          {
            label: t('batches.ca'),
            value: (
              <Link href={caHref(environment, caId)} title={caId} className="link font-mono">
                {caId.slice(0, 16)}
              </Link>
            ),
          },
          { label: t('batch.operator'), value: operatorName },
          { label: t('batch.devices'), value: String(devices) },
          { label: t('batch.begun'), value: <TimeAgo at={createdAt.toISOString()} /> },
          ...(endedAt === null
            ? []
            : [{ label: t('batch.ended'), value: <TimeAgo at={endedAt.toISOString()} /> }]),
          ...(former === undefined
            ? []
            : [
                {
                  label: t('batch.reissueOf'),
                  value: <BatchLinks environment={environment} batches={[former]} />,
                },
              ]),
          ...(reissues.length === 0
            ? []
            : [
                {
                  label: t('batch.reissuedBy'),
                  value: <BatchLinks environment={environment} batches={reissues} />,
                },
              ]),
          ...(manifestSha256 === null
            ? []
            : [
                {
                  label: t('batch.manifest'),
                  value: (
                    <span className="flex flex-wrap items-center gap-2">
                      <span className="font-mono text-xs">{manifestSha256}</span>
                      <CopyButton text={manifestSha256} what={t('batch.manifest')} />
                    </span>
                  ),
                  isWide: true,
                },
              ]),
          {
            label: t('batch.settings'),
            value: (
              <span className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
                {settingsOf(settings).map(({ name, value }) => (
                  <span key={name}>
                    <span className="text-ink-muted">{t(`batch.settingName.${name}`)}</span> {value}
                  </span>
                ))}
              </span>
            ),
            isWide: true,
          },
        ]}
      />
    </Card>
  );
}
