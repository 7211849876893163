import { DecodedCertificate } from '@/components/registry/decoded-certificate';
import type { RegistryTranslator } from '@/components/registry/translator';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { Notice } from '@/components/ui/notice';
import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import type { CaTranslator } from './ca-translator';

type CaCertificatePanelProps = {
  t: CaTranslator;
  registry: RegistryTranslator;
  certificatePem: string;
  /** Undefined when the certificate cannot be decoded. */
  facts: CertificateFacts | undefined;
  isSelfSigned: boolean;
};

/** The CA's certificate, decoded: where it stands in its chain, what it says, and its PEM. */
export function CaCertificatePanel(props: CaCertificatePanelProps) {
  const { t, registry, certificatePem, facts, isSelfSigned } = props;
  return (
    <div className="flex flex-col gap-4">
      {facts === undefined ? (
        <Notice tone="warning" title={registry('certificate.unreadable')}>
          <p>{registry('certificate.unreadableText')}</p>
        </Notice>
      ) : (
        <>
          <Card title={t('chain.title')}>
            <Chain t={t} facts={facts} isSelfSigned={isSelfSigned} />
          </Card>
          <DecodedCertificate t={registry} facts={facts} />
        </>
      )}
      <Card title={registry('certificate.tabPem')}>
        <CodeBlock label={registry('certificate.tabPem')} code={certificatePem} />
      </Card>
    </div>
  );
}

type ChainProps = Pick<CaCertificatePanelProps, 't' | 'isSelfSigned'> & { facts: CertificateFacts };

/** From the root to this CA to its devices, as far as AWS keeps it: an issuer above is only a name. */
function Chain({ t, facts, isSelfSigned }: ChainProps) {
  const own = (
    <>
      <span className="font-medium wrap-anywhere">{facts.subject.text}</span>{' '}
      <Badge tone="info">{t('chain.thisCa')}</Badge>{' '}
      {isSelfSigned ? <Badge>{t('detail.selfSigned')}</Badge> : null}
    </>
  );
  const below = (
    <ul className={BRANCH}>
      <li className="text-ink-muted">{t('chain.devices')}</li>
    </ul>
  );
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {isSelfSigned ? (
        <li>
          {own}
          {below}
        </li>
      ) : (
        <li>
          <span className="wrap-anywhere">{facts.issuer.text}</span> <Badge>{t('chain.notHeld')}</Badge>
          <ul className={BRANCH}>
            <li>
              {own}
              {below}
            </li>
          </ul>
        </li>
      )}
    </ul>
  );
}

const BRANCH = 'mt-1 ml-2 flex flex-col gap-1 border-l border-line-strong pl-4';
