import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Id } from '@/components/ui/id';
import { KeyValue } from '@/components/ui/key-value';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import type { NameFacts } from '@/lib/pki/name-facts';
import type { RegistryTranslator } from './translator';

type DecodedCertificateProps = { t: RegistryTranslator; facts: CertificateFacts };

/** Everything a certificate says, in the order in which people look for it. */
export function DecodedCertificate({ t, facts }: DecodedCertificateProps) {
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 lg:grid-cols-2">
        <Card title={t('certificate.subject')}>
          <Name name={facts.subject} />
        </Card>
        <Card title={t('certificate.issuer')}>
          <Name name={facts.issuer} />
        </Card>
      </div>
      <Card title={t('certificate.fields')}>
        <KeyValue
          entries={[
            { label: t('certificate.validFrom'), value: <TimeAgo at={facts.notBefore} isAbsolute /> },
            { label: t('certificate.validTo'), value: <TimeAgo at={facts.notAfter} isAbsolute /> },
            { label: t('certificate.version'), value: facts.version },
            { label: t('certificate.publicKey'), value: keyText(facts.publicKey) },
            { label: t('certificate.signature'), value: facts.signatureAlgorithm },
            {
              label: t('certificate.serial'),
              value: <Id value={facts.serialHex} label={t('certificate.serial')} isWhole />,
            },
            {
              label: t('certificate.sha256'),
              value: <Id value={facts.sha256} label={t('certificate.sha256')} isWhole />,
              isWide: true,
            },
            {
              label: t('certificate.sha1'),
              value: <Id value={facts.sha1} label={t('certificate.sha1')} isWhole />,
              isWide: true,
            },
          ]}
        />
      </Card>
      <Card title={t('certificate.extensions')} isFlush>
        <ResourceTable
          label={t('certificate.extensions')}
          rows={facts.extensions}
          rowKey={({ oid }) => oid}
          empty={
            <EmptyState title={t('certificate.noExtensions')}>{t('certificate.noExtensionsText')}</EmptyState>
          }
          columns={[
            {
              id: 'name',
              header: t('certificate.extension'),
              isRowHeader: true,
              cell: ({ name, critical }) => (
                <span className="inline-flex flex-wrap items-center gap-2">
                  {name}
                  {critical ? <Badge tone="warning">{t('certificate.critical')}</Badge> : null}
                </span>
              ),
            },
            {
              id: 'value',
              header: t('certificate.extensionValue'),
              cell: ({ value }) => <span className="font-mono text-xs wrap-anywhere">{value}</span>,
            },
            {
              id: 'oid',
              header: 'OID',
              isSecondary: true,
              cell: ({ oid }) => <span className="font-mono text-xs text-ink-muted">{oid}</span>,
            },
          ]}
        />
      </Card>
    </div>
  );
}

function Name({ name }: { name: NameFacts }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
      {name.attributes.map(({ oid, shortName, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name may hold one attribute twice, and its order is fixed
        <div key={`${oid} ${index}`} className="contents">
          <dt className="font-mono text-xs leading-5 text-ink-muted">{shortName}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** "RSA 2048", "EC P-256". */
export const keyText = ({ type, name, bits }: CertificateFacts['publicKey']): string => {
  if (type === 'RSA') return `RSA ${bits}`;
  return type === 'EC' ? `EC ${name}` : name;
};
