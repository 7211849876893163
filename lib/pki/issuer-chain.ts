/**
 * The certificates above a CA, found among whatever was brought, and judged link by link.
 * @module
 */
import { ok, type Result } from '@/lib/result';
import { equalBytes } from './bytes';
import { type CertificateFault, readCertificate } from './certificate';
import { isSignedBy, saysCaTrue } from './check-chain';
import { hasSameName } from './inspect-certificate';
import { ISSUERS_MAX } from './issuer-bounds';
import { mayNotSignCertificates, pathLengthOf } from './issuer-limits';
import { printPem } from './pem';
import type { x509 } from './x509';

/** `subject` names the certificate that is at fault; dates are ISO 8601. */
export type IssuerFault =
  | { kind: 'issuer-no-key-cert-sign'; subject: string }
  /** It allows fewer CAs below it than there are. */
  | { kind: 'issuer-path-length'; subject: string; pathLength: number; below: number }
  | { kind: 'issuer-expired'; subject: string; notAfter: string };

/** `pem` is one block of our own printing. */
export type Issuer = { pem: string; subject: string };

export type IssuerChain = {
  /** From the CA's own issuer upwards. */
  issuers: Issuer[];
  /** The last one (or the CA itself) is self-signed. */
  isWhole: boolean;
  faults: IssuerFault[];
};

/** Climbs from the CA as far as the candidates reach; what signed nothing of the chain is left out. */
export async function findIssuers(
  caPem: string,
  candidatePems: readonly string[],
  { crypto, now }: { crypto: Crypto; now: Date },
): Promise<Result<IssuerChain, CertificateFault>> {
  const ca = readCertificate(caPem);
  if (!ca.ok) return ca;
  const candidates: x509.X509Certificate[] = [];
  for (const pem of candidatePems) {
    const read = readCertificate(pem);
    if (!read.ok) return read;
    candidates.push(read.value);
  }

  const issuers: x509.X509Certificate[] = [];
  let top = ca.value;
  while (!(await isSelfSigned(top, crypto)) && issuers.length < ISSUERS_MAX) {
    const issuer = await issuerOf(top, candidates, crypto);
    if (issuer === undefined || issuers.includes(issuer)) break;
    issuers.push(issuer);
    top = issuer;
  }
  return ok({
    issuers: issuers.map(({ rawData, subject }) => ({
      pem: printPem('CERTIFICATE', new Uint8Array(rawData)),
      subject,
    })),
    isWhole: await isSelfSigned(top, crypto),
    faults: issuers.flatMap((issuer, index) => faultsOf(issuer, index + 1, now)),
  });
}

/**
 * The issuers as a device shows them, and the root apart: who verifies has it already (RFC 8446 §4.4.2), and a chain that brings its
 * own root proves nothing.
 */
export function splitRoot(issuerPems: readonly string[]): {
  intermediates: string[];
  root: string | undefined;
} {
  const last = issuerPems.at(-1);
  const certificate = last === undefined ? undefined : readCertificate(last);
  const isRoot =
    certificate?.ok === true && hasSameName(certificate.value.subjectName, certificate.value.issuerName);
  return isRoot
    ? { intermediates: issuerPems.slice(0, -1), root: last }
    : { intermediates: [...issuerPems], root: undefined };
}

async function isSelfSigned(certificate: x509.X509Certificate, crypto: Crypto): Promise<boolean> {
  return (
    hasSameName(certificate.subjectName, certificate.issuerName) &&
    (await isSignedBy(certificate, certificate, crypto))
  );
}

async function issuerOf(
  certificate: x509.X509Certificate,
  candidates: readonly x509.X509Certificate[],
  crypto: Crypto,
): Promise<x509.X509Certificate | undefined> {
  for (const candidate of candidates) {
    if (equalBytes(new Uint8Array(candidate.rawData), new Uint8Array(certificate.rawData))) continue;
    const isNamed = hasSameName(candidate.subjectName, certificate.issuerName);
    if (isNamed && saysCaTrue(candidate) && (await isSignedBy(certificate, candidate, crypto)))
      return candidate;
  }
  return undefined;
}

function faultsOf(issuer: x509.X509Certificate, below: number, now: Date): IssuerFault[] {
  const { subject, notAfter } = issuer;
  const pathLength = pathLengthOf(issuer);
  return [
    ...(mayNotSignCertificates(issuer) ? [{ kind: 'issuer-no-key-cert-sign', subject } as const] : []),
    ...(pathLength !== undefined && pathLength < below
      ? [{ kind: 'issuer-path-length', subject, pathLength, below } as const]
      : []),
    ...(now > notAfter
      ? [{ kind: 'issuer-expired', subject, notAfter: notAfter.toISOString() } as const]
      : []),
  ];
}
