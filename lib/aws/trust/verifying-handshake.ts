/**
 * One TLS handshake that asks a single question: does this server prove itself with that root?
 * @module
 */
import 'server-only';
import { isIP } from 'node:net';
import { connect } from 'node:tls';

/** A handshake takes three round trips at most; our choice. */
const HANDSHAKE_TIMEOUT_MS = 5_000;

export type Handshake =
  | { kind: 'verified' }
  /** The server answered, and its chain or its name does not hold against the root. */
  | { kind: 'not-verified'; reason: string }
  | { kind: 'unreachable'; reason: string };

/** Node's codes for a chain or a name that does not verify (Node.js TLS documentation, "X509 certificate error codes"). */
const VERIFICATION_CODES = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Connects with `rootPem` as the only trust, offers no client certificate, and hangs up as soon as the answer is known. */
export function verifyingHandshake(
  target: { host: string; port: number },
  rootPem: string,
): Promise<Handshake> {
  return new Promise((resolve) => {
    // An IP address is no server name (RFC 6066 section 3).
    const servername = isIP(target.host) === 0 ? target.host : '';
    const socket = connect({ ...target, servername, ca: rootPem, rejectUnauthorized: true });
    const settle = (handshake: Handshake) => {
      socket.destroy();
      resolve(handshake);
    };
    socket.setTimeout(HANDSHAKE_TIMEOUT_MS, () => settle({ kind: 'unreachable', reason: 'TimeoutError' }));
    socket.once('secureConnect', () => settle({ kind: 'verified' }));
    // Stays on: a broker that wants a client certificate may still send its alert after we hung up.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code ?? error.name;
      settle({ kind: VERIFICATION_CODES.has(reason) ? 'not-verified' : 'unreachable', reason });
    });
  });
}
