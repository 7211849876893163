import { certificatesHref } from '@/components/registry/certificates-query';
import { deviceHref } from '@/components/registry/hrefs';
import { MissingResource } from '@/components/registry/missing-resource';
import type { RegistryTranslator } from '@/components/registry/translator';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import type { Failure } from '@/lib/failure';
import type { LedgerRow } from '@/lib/ledger/ledger-row';

type UnknownCertificateProps = {
  t: RegistryTranslator;
  environment: string;
  failure: Failure;
  issued: LedgerRow | undefined;
};

/** Not in AWS is no error for a certificate that was issued here: its device has not connected yet. */
export function UnknownCertificate({ t, environment, failure, issued }: UnknownCertificateProps) {
  if (failure.kind !== 'not-found') return <FailureNotice failure={failure} />;
  const title = t('certificate.missingTitle');
  if (issued === undefined) {
    return (
      <MissingResource
        title={title}
        text={t('certificate.missingText')}
        action={<LinkButton href={certificatesHref(environment, {})}>{t('certificates.title')}</LinkButton>}
      />
    );
  }
  const { certificateId, operatorName, commonName } = issued;
  return (
    <MissingResource
      title={title}
      text={t('certificate.missingIssued', { operator: operatorName, name: commonName })}
      action={
        <LinkButton variant="primary" href={deviceHref(environment, certificateId)}>
          {t('certificate.deviceLink')}
        </LinkButton>
      }
    />
  );
}
