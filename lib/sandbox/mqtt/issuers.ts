import { X509Certificate } from 'node:crypto';
import type { CaCertificateRecord } from '@/lib/sandbox/state/records';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import type { PresentedCertificate } from '@/lib/sandbox/tls/peer-certificates';
import type { Issuer } from './admission';
import { BoundedCache } from './bounded-cache';

/** A verified pair costs about 200 bytes; so many devices can reconnect without a signature being verified again. */
const VERIFIED_MAX = 20_000;
/** A parsed CA certificate costs a few kilobytes. */
const PARSED_CAS_MAX = 500;

/**
 * Finds the registered CAs that signed a device's certificate, in all Regions: among the certificates it sent, and by
 * the issuer's name.
 */
export class IssuerFinder {
  readonly #sandbox: SandboxState;
  // Both are answers about bytes that the keys are hashes of: they hold for ever, whatever becomes of the registry.
  readonly #signed = new BoundedCache<boolean>(VERIFIED_MAX);
  readonly #parsed = new BoundedCache<X509Certificate>(PARSED_CAS_MAX);

  constructor(sandbox: SandboxState) {
    this.#sandbox = sandbox;
  }

  find([leaf, ...others]: readonly PresentedCertificate[]): { issuers: Issuer[]; namesakes: number } {
    const issuers: Issuer[] = [];
    let namesakes = 0;
    if (leaf === undefined) return { issuers, namesakes };
    const sentIds = new Set(others.map(({ certificateId }) => certificateId));
    for (const region of this.#sandbox.regions()) {
      const candidates = new Map<string, CaCertificateRecord>();
      for (const id of sentIds) {
        const ca = region.caCertificates.get(id);
        if (ca !== undefined) candidates.set(id, ca);
      }
      for (const ca of region.caCertificatesBySubject(leaf.x509.issuer)) candidates.set(ca.certificateId, ca);
      for (const ca of candidates.values()) {
        if (!this.#isSignedBy(leaf, ca)) {
          namesakes += ca.subject === leaf.x509.issuer ? 1 : 0;
          continue;
        }
        issuers.push({
          region: region.name,
          caCertificateId: ca.certificateId,
          status: ca.status,
          autoRegistrationStatus: ca.autoRegistrationStatus,
          certificateMode: ca.certificateMode,
          validity: ca.validity,
          sent: sentIds.has(ca.certificateId),
          sameSubject: region.caCertificatesBySubject(ca.subject).length,
        });
      }
    }
    return { issuers, namesakes };
  }

  /** Name, key identifier, key usage and signature (RFC 5280 section 6.1.3); dates are judged elsewhere. */
  #isSignedBy(leaf: PresentedCertificate, ca: CaCertificateRecord): boolean {
    return this.#signed.get(`${leaf.certificateId} ${ca.certificateId}`, () => {
      const issuer = this.#parsed.get(ca.certificateId, () => new X509Certificate(ca.certificatePem));
      try {
        return leaf.x509.checkIssued(issuer) && leaf.x509.verify(issuer.publicKey);
      } catch {
        // OpenSSL cannot even try, as with a signature algorithm it does not have: not signed, as far as we can tell.
        return false;
      }
    });
  }
}
