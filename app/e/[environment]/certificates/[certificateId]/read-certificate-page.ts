import 'server-only';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { LedgerRow } from '@/lib/ledger/ledger-row';
import { find } from '@/lib/ledger/read';
import { type CertificateFacts, inspectCertificate } from '@/lib/pki/inspect-certificate';
import type { CertificateDetail } from '@/lib/registry/device-certificate';
import type { PolicySummary } from '@/lib/registry/iot-policy';
import { PAGE_SIZE_MAX, type Page } from '@/lib/registry/page';
import { fail, type Result } from '@/lib/result';

export type CertificatePageFacts = {
  certificate: Result<CertificateDetail, Failure>;
  things: Result<Page<string>, Failure>;
  policies: Result<Page<PolicySummary>, Failure>;
  /** The ledger's row, when the certificate was issued here. */
  issued: LedgerRow | undefined;
  /** Undefined when AWS does not know the certificate, or it cannot be decoded. */
  facts: CertificateFacts | undefined;
};

/** Everything the page of one certificate shows, each part with its own outcome. */
export async function readCertificatePage(
  environment: Environment,
  certificateId: string,
): Promise<CertificatePageFacts> {
  const iot = iotFor(environment);
  const [certificate, issued] = await Promise.all([
    iot.describeCertificate(certificateId),
    find(environment.id, certificateId),
  ]);
  if (!certificate.ok) {
    const nothing = fail(certificate.failure);
    return { certificate, things: nothing, policies: nothing, issued, facts: undefined };
  }
  const { arn, certificatePem } = certificate.value;
  const first = { pageSize: PAGE_SIZE_MAX, token: undefined };
  const [things, policies, inspected] = await Promise.all([
    iot.listPrincipalThings(arn, first),
    iot.listAttachedPolicies(arn, first),
    inspectCertificate(certificatePem, crypto),
  ]);
  return { certificate, things, policies, issued, facts: inspected.ok ? inspected.value : undefined };
}
