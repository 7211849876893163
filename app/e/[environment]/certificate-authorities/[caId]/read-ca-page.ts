import 'server-only';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import { readCaImpact } from '@/lib/devices/ca-impact';
import type { Failure } from '@/lib/failure';
import { issuersOf } from '@/lib/ledger/ca-issuers';
import { checkChain } from '@/lib/pki/check-chain';
import { type CertificateFacts, inspectCertificate } from '@/lib/pki/inspect-certificate';
import type { CaImpact } from '@/lib/registry/ca-impact';
import type { CaDetail } from '@/lib/registry/certificate-authority';
import type { CertificateSummary } from '@/lib/registry/device-certificate';
import type { Page, PageRequest } from '@/lib/registry/page';
import { ok, type Result } from '@/lib/result';

export type CaPageFacts = {
  ca: CaDetail;
  /** Undefined when the certificate cannot be decoded. */
  facts: CertificateFacts | undefined;
  /** Its own key made its signature. */
  isSelfSigned: boolean;
  /** How many certificates AWS registered under it, as far as one page tells; undefined when that could not be read. */
  registered: { count: number; isPartial: boolean } | undefined;
  /** Whom it hits when the CA is switched off. */
  impact: CaImpact;
  /** Subjects of what stands above it, nearest first, as far as the console was told. */
  issuers: string[];
  /** The page of them that is shown. */
  certificates: Result<Page<CertificateSummary>, Failure>;
};

/** Everything the page of one CA shows, except for its role. */
export async function readCaPage(
  environment: Environment,
  caId: string,
  shown: PageRequest,
): Promise<Result<CaPageFacts, Failure>> {
  const iot = iotFor(environment);
  const ca = await iot.describeCaCertificate(caId);
  if (!ca.ok) return ca;
  const pem = ca.value.certificatePem;
  const now = new Date();
  const [{ impact }, certificates, inspected, own, issuers] = await Promise.all([
    readCaImpact(environment, caId, { now, pagesMax: 1 }),
    iot.listCertificatesByCa(caId, shown),
    inspectCertificate(pem, crypto),
    checkChain({ leaf: pem, ca: pem }, { crypto, now }),
    subjectsAbove(environment.id, caId),
  ]);
  return ok({
    ca: ca.value,
    facts: inspected.ok ? inspected.value : undefined,
    isSelfSigned:
      own.ok && own.value.every(({ kind }) => kind !== 'issuer-differs' && kind !== 'signature-invalid'),
    registered: impact.aws && {
      count: impact.aws.active + impact.aws.pending + impact.aws.out,
      isPartial: impact.aws.isPartial,
    },
    impact,
    issuers,
    certificates,
  });
}

async function subjectsAbove(environment: string, caId: string): Promise<string[]> {
  const pems = await issuersOf(environment, caId);
  const read = await Promise.all(pems.map((issuer) => inspectCertificate(issuer, crypto)));
  return read.flatMap((facts) => (facts.ok ? [facts.value.subject.text] : []));
}
