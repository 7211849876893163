import { CertificateActions } from '@/components/registry/certificate-actions';
import { RelationsLink } from '@/components/relations/relations-link';
import { RefreshButton } from '@/components/ui/refresh-button';
import type { CertificateDetail } from '@/lib/registry/device-certificate';

type HeaderActionsProps = { environment: string; certificate: CertificateDetail; shortName: string };

/** What may be done with the certificate; what it would detach is read when it is asked for. */
export function HeaderActions({ environment, certificate, shortName }: HeaderActionsProps) {
  return (
    <>
      <RefreshButton readAt={new Date().toISOString()} />
      <RelationsLink environment={environment} subject="certificate" name={certificate.certificateId} />
      <CertificateActions
        environment={environment}
        certificateId={certificate.certificateId}
        status={certificate.status}
        shortName={shortName}
      />
    </>
  );
}
