import { CertificateActions } from '@/components/registry/certificate-actions';
import { RelationsLink } from '@/components/relations/relations-link';
import { LiveChanges } from '@/components/status/live/live-changes';
import { RefreshButton } from '@/components/ui/refresh-button';
import type { CertificateDetail } from '@/lib/registry/device-certificate';

type HeaderActionsProps = {
  environment: string;
  certificate: CertificateDetail;
  shortName: string;
  /** When reading it began, ISO 8601. */
  readAt: string;
};

/** What may be done with the certificate; what it would detach is read when it is asked for. */
export function HeaderActions({ environment, certificate, shortName, readAt }: HeaderActionsProps) {
  return (
    <>
      <LiveChanges
        environment={environment}
        topic={{ device: { certificateId: certificate.certificateId, names: [] } }}
        readAt={readAt}
      />
      <RefreshButton readAt={readAt} />
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
