import Link from 'next/link';
import { keyText } from '@/components/registry/decoded-certificate';
import type { RegistryTranslator } from '@/components/registry/translator';
import { AutoRegistrationStatus, CaStatus } from '@/components/status/resource-status';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Id } from '@/components/ui/id';
import { KeyValue, type KeyValueEntry } from '@/components/ui/key-value';
import { LifeBar } from '@/components/ui/life-bar';
import { TimeAgo } from '@/components/ui/time-ago';
import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import type { CaDetail } from '@/lib/registry/certificate-authority';
import type { RegisteredCount } from './ca-actions-props';
import { firstContactOf } from './ca-facts';
import type { CaTranslator } from './ca-translator';
import { firstContactText } from './first-contact-text';
import { certificatesOfCaHref } from './hrefs';

type CaSummaryCardProps = {
  t: CaTranslator;
  registry: RegistryTranslator;
  environment: string;
  ca: CaDetail;
  /** Undefined when the certificate cannot be decoded. */
  facts: CertificateFacts | undefined;
  isSelfSigned: boolean;
  registered: RegisteredCount | undefined;
};

export function CaSummaryCard(props: CaSummaryCardProps) {
  const { t, registry, environment, ca, registered } = props;
  const moment = (at: Date | undefined) =>
    at === undefined ? '–' : <TimeAgo at={at.toISOString()} isAbsolute />;
  return (
    <Card title={registry('certificate.summary')}>
      <KeyValue
        entries={[
          { label: t('list.status'), value: <CaStatus status={ca.status} /> },
          {
            label: t('list.autoRegistration'),
            value: <AutoRegistrationStatus status={ca.autoRegistration ? 'ENABLE' : 'DISABLE'} />,
          },
          { label: t('list.firstContact'), value: firstContactText(t, firstContactOf(ca)) },
          ...lifeEntry(props),
          ...factEntries(props),
          { label: registry('certificate.mode'), value: registry(`mode.${ca.mode}`) },
          {
            label: t('detail.registeredDevices'),
            value: (
              <Link href={certificatesOfCaHref(environment, ca.caId)} className="link tabular-nums">
                {registered === undefined
                  ? t('detail.notRead')
                  : `${registered.count}${registered.isPartial ? '+' : ''}`}
              </Link>
            ),
          },
          { label: registry('certificate.registered'), value: moment(ca.createdAt) },
          { label: registry('certificate.modified'), value: moment(ca.lastModifiedAt) },
          { label: registry('certificate.account'), value: ca.ownedBy ?? '–' },
          {
            label: t('list.id'),
            value: <Id value={ca.caId} label={t('list.id')} isWhole />,
            isWide: true,
          },
          { label: 'ARN', value: <Id value={ca.arn} label="ARN" isWhole />, isWide: true },
        ]}
      />
    </Card>
  );
}

/** From the certificate itself; AWS's answer stands in where it cannot be decoded. */
function lifeEntry({ registry, ca, facts }: CaSummaryCardProps): KeyValueEntry[] {
  const from = facts?.notBefore ?? ca.notBefore?.toISOString();
  const to = facts?.notAfter ?? ca.notAfter?.toISOString();
  if (from === undefined || to === undefined) return [];
  return [{ label: registry('certificate.life'), value: <LifeBar from={from} to={to} /> }];
}

function factEntries({ t, registry, facts, isSelfSigned }: CaSummaryCardProps): KeyValueEntry[] {
  if (facts === undefined) return [];
  return [
    {
      label: registry('certificate.subject'),
      value: (
        <span className="inline-flex flex-wrap items-center gap-2">
          {facts.subject.text}
          {isSelfSigned ? <Badge>{t('detail.selfSigned')}</Badge> : null}
        </span>
      ),
    },
    ...(isSelfSigned ? [] : [{ label: registry('certificate.issuer'), value: facts.issuer.text }]),
    { label: registry('certificate.key'), value: keyText(facts.publicKey) },
  ];
}
