import type { ReactNode } from 'react';
import type { RegistryTranslator } from '@/components/registry/translator';
import { AutoRegistrationStatus, CaStatus } from '@/components/status/resource-status';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import type { CaImpact } from '@/lib/registry/ca-impact';
import { type CaDetail, isSameRegistrationConfig } from '@/lib/registry/certificate-authority';
import { firstContactOf } from './ca-facts';
import type { CaTranslator } from './ca-translator';
import { firstContactText } from './first-contact-text';
import type { HierarchyTranslator } from './hierarchy-translator';

/** One of the two CAs; `issued` undefined when the ledger could not be asked. */
export type ComparedCa = { ca: CaDetail; name: string; impact: CaImpact; issued: number | undefined };

type CaComparisonProps = {
  t: HierarchyTranslator;
  caText: CaTranslator;
  registry: RegistryTranslator;
  old: ComparedCa;
  next: ComparedCa;
};

/** Whether the successor lets a new device in, and sets it up, as the old CA does. */
export const isReady = (old: CaDetail, next: CaDetail): boolean =>
  next.status === 'ACTIVE' &&
  next.autoRegistration === old.autoRegistration &&
  isSameRegistrationConfig(old.registrationConfig, next.registrationConfig);

/** Old and new CA, aspect by aspect, with where the numbers come from. */
export function CaComparison({ t, caText, registry, old, next }: CaComparisonProps) {
  const of = (show: (side: ComparedCa) => ReactNode) => ({ old: show(old), next: show(next) });
  const rows = [
    { id: 'status', label: t('rotation.status'), ...of(({ ca }) => <CaStatus status={ca.status} />) },
    {
      id: 'auto',
      label: t('rotation.auto'),
      ...of(({ ca }) => <AutoRegistrationStatus status={ca.autoRegistration ? 'ENABLE' : 'DISABLE'} />),
    },
    {
      id: 'first',
      label: t('rotation.first'),
      old: firstContactText(caText, firstContactOf(old.ca)),
      next: (
        <span className="flex flex-col">
          {firstContactText(caText, firstContactOf(next.ca))}
          <span className="text-xs text-ink-muted">{t(`rotation.${templateKey(old.ca, next.ca)}`)}</span>
        </span>
      ),
    },
    { id: 'mode', label: t('rotation.mode'), ...of(({ ca }) => registry(`mode.${ca.mode}`)) },
    {
      id: 'ends',
      label: t('rotation.ends'),
      ...of(({ ca }) =>
        ca.notAfter === undefined ? '–' : <TimeAgo at={ca.notAfter.toISOString()} isAbsolute />,
      ),
    },
    {
      id: 'registered',
      label: t('rotation.registered'),
      ...of(({ impact: { aws } }) =>
        aws === undefined ? (
          t('impact.unread')
        ) : (
          <span className="flex flex-col tabular-nums">
            {t(aws.isPartial ? 'rotation.registeredMore' : 'rotation.registeredValue', {
              active: aws.active,
              pending: aws.pending,
              out: aws.out,
            })}
            <span className="text-xs text-ink-muted">
              {t.rich('impact.sourceAws', { when: () => <TimeAgo at={aws.readAt} /> })}
            </span>
          </span>
        ),
      ),
    },
    {
      id: 'issued',
      label: t('rotation.issued'),
      ...of(({ issued, impact: { ledger } }) =>
        issued === undefined || ledger === undefined
          ? t('impact.unread')
          : ledger.isPartial
            ? t('impact.atLeast', { count: issued })
            : String(issued),
      ),
    },
    {
      id: 'unseen',
      label: t('rotation.unseen'),
      ...of(({ impact: { ledger } }) =>
        ledger === undefined ? (
          t('impact.unread')
        ) : (
          <span className="flex flex-col tabular-nums">
            {ledger.isPartial ? t('impact.atLeast', { count: ledger.neverSeen }) : ledger.neverSeen}
            <span className="text-xs text-ink-muted">
              {ledger.lastHeardAt === undefined
                ? t('impact.sourceLedgerNever')
                : t.rich('impact.sourceLedger', { when: () => <TimeAgo at={ledger.lastHeardAt ?? ''} /> })}
            </span>
          </span>
        ),
      ),
    },
  ];
  return (
    <ResourceTable
      label={t('rotation.compare')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        { id: 'what', header: t('rotation.what'), isRowHeader: true, cell: ({ label }) => label },
        { id: 'old', header: `${t('rotation.old')}: ${old.name}`, cell: (row) => row.old },
        { id: 'next', header: `${t('rotation.new')}: ${next.name}`, cell: (row) => row.next },
      ]}
    />
  );
}

function templateKey(old: CaDetail, next: CaDetail): 'same' | 'different' | 'none' {
  if (next.registrationConfig === undefined) return 'none';
  return isSameRegistrationConfig(old.registrationConfig, next.registrationConfig) ? 'same' : 'different';
}
