/**
 * The certificates a TLS client sent, as they arrived. Nothing here is verified: the handshake proves the private
 * key of the first one, and nothing else.
 * @module
 */
import { createHash, type X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';

export type PresentedCertificate = {
  /** Lower-case hex SHA-256 of the DER: the AWS certificate id. */
  certificateId: string;
  x509: X509Certificate;
};

/** Longest chain that is read; OpenSSL's own default verification depth is 100, devices send two or three. */
const CHAIN_CERTIFICATES_MAX = 10;

/**
 * Leaf first, then whatever else was sent, in the order sent; empty when the client has no certificate.
 * May be called once per socket: Node empties the list of the others as it reads it.
 */
export function readPeerCertificates(socket: TLSSocket): PresentedCertificate[] {
  const chain: PresentedCertificate[] = [];
  let x509 = socket.getPeerX509Certificate();
  while (x509 !== undefined && chain.length < CHAIN_CERTIFICATES_MAX) {
    chain.push({ certificateId: certificateIdOf(x509), x509 });
    x509 = x509.issuerCertificate;
  }
  return chain;
}

/** The AWS certificate id of a certificate. */
export function certificateIdOf(x509: X509Certificate): string {
  return createHash('sha256').update(x509.raw).digest('hex');
}
