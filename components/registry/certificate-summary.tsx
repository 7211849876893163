import Link from 'next/link';
import { CertificateStatus } from '@/components/status/resource-status';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Id } from '@/components/ui/id';
import { KeyValue, type KeyValueEntry } from '@/components/ui/key-value';
import { LifeBar } from '@/components/ui/life-bar';
import { TimeAgo } from '@/components/ui/time-ago';
import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import type { CertificateDetail } from '@/lib/registry/device-certificate';
import { keyText } from './decoded-certificate';
import { caHref } from './hrefs';
import type { RegistryTranslator } from './translator';

type CertificateSummaryCardProps = {
  t: RegistryTranslator;
  environment: string;
  certificate: CertificateDetail;
  /** Undefined when the certificate cannot be decoded. */
  facts: CertificateFacts | undefined;
};

export function CertificateSummaryCard({ t, environment, certificate, facts }: CertificateSummaryCardProps) {
  const { certificateId, arn, status, mode, caId, createdAt, lastModifiedAt, ownedBy } = certificate;
  const moment = (at: Date | undefined) =>
    at === undefined ? '–' : <TimeAgo at={at.toISOString()} isAbsolute />;
  return (
    <Card title={t('certificate.summary')}>
      <KeyValue
        entries={[
          { label: t('certificate.status'), value: <CertificateStatus status={status} /> },
          ...(facts === undefined ? [] : factEntries(t, facts)),
          {
            label: t('certificate.ca'),
            value:
              caId === undefined ? (
                t('certificate.noCa')
              ) : (
                <Id value={caId} label={t('certificate.ca')} href={caHref(environment, caId)} />
              ),
          },
          { label: t('certificate.mode'), value: t(`mode.${mode}`) },
          { label: t('certificate.registered'), value: moment(createdAt) },
          { label: t('certificate.modified'), value: moment(lastModifiedAt) },
          { label: t('certificate.account'), value: ownedBy ?? '–' },
          {
            label: t('certificate.id'),
            value: <Id value={certificateId} label={t('certificate.id')} isWhole />,
            isWide: true,
          },
          {
            label: t('certificate.arn'),
            value: <Id value={arn} label={t('certificate.arn')} isWhole />,
            isWide: true,
          },
        ]}
      />
    </Card>
  );
}

const factEntries = (t: RegistryTranslator, facts: CertificateFacts): KeyValueEntry[] => [
  { label: t('certificate.life'), value: <LifeBar from={facts.notBefore} to={facts.notAfter} /> },
  { label: t('certificate.key'), value: keyText(facts.publicKey) },
  {
    label: t('certificate.subject'),
    value: (
      <span className="inline-flex flex-wrap items-center gap-2">
        {facts.subject.text}
        {facts.isCa ? <Badge tone="info">{t('certificate.caMark')}</Badge> : null}
        {facts.isSelfIssued ? <Badge>{t('certificate.selfIssued')}</Badge> : null}
      </span>
    ),
  },
  { label: t('certificate.issuer'), value: facts.issuer.text },
];

type IssuedHereProps = {
  t: RegistryTranslator;
  href: Parameters<typeof Link>[0]['href'];
  operatorName: string;
  commonName: string;
};

/** The line that leads from a certificate to the device it was issued for. */
export function IssuedHere({ t, href, operatorName, commonName }: IssuedHereProps) {
  return (
    <p className="flex flex-wrap gap-x-3 text-sm">
      <span>{t('certificate.deviceText', { operator: operatorName, name: commonName })}</span>
      <Link href={href} className="link">
        {t('certificate.deviceLink')}
      </Link>
    </p>
  );
}
