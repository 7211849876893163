/**
 * The integrity check of a PKCS#12 file under its passphrase (RFC 7292 §4 and appendix B).
 * @module
 */
import { pkcs12MacKey } from './formats/pkcs12-mac-key';
import { asn1js, pkijs } from './pkijs';

const HASHES = new Map<string, 'SHA-1' | 'SHA-256'>([
  ['1.3.14.3.2.26', 'SHA-1'],
  ['2.16.840.1.101.3.4.2.1', 'SHA-256'],
]);

/** About a second of one core: a hostile file must not hold the worker for longer. */
const ITERATIONS_MAX = 600_000;

/** `absent`: the file has none; `unsupported`: with another digest than ours, more iterations than anybody uses, or not to be read. */
export type Pkcs12MacCheck = 'holds' | 'differs' | 'absent' | 'unsupported';

/** @param bytes - the whole file */
export async function checkPkcs12Mac(
  bytes: Uint8Array,
  passphrase: string,
  crypto: Crypto,
): Promise<Pkcs12MacCheck> {
  const mac = macOf(bytes);
  if (typeof mac === 'string') return mac;
  const { hash, content, salt, iterations, digest } = mac;
  const raw = pkcs12MacKey({ hash, passphrase, salt, iterations });
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash }, false, ['verify']);
  return (await crypto.subtle.verify('HMAC', key, digest, content)) ? 'holds' : 'differs';
}

function macOf(bytes: Uint8Array) {
  try {
    const { authSafe, macData } = pkijs.PFX.fromBER(Uint8Array.from(bytes));
    if (macData === undefined) return 'absent';
    const hash = HASHES.get(macData.mac.digestAlgorithm.algorithmId);
    const content: unknown = authSafe.content;
    const iterations = macData.iterations ?? 1;
    const isBounded = Number.isInteger(iterations) && iterations >= 1 && iterations <= ITERATIONS_MAX;
    if (hash === undefined || !isBounded || !(content instanceof asn1js.OctetString)) return 'unsupported';
    return {
      hash,
      content: new Uint8Array(content.getValue()),
      salt: new Uint8Array(macData.macSalt.getValue()),
      iterations,
      digest: new Uint8Array(macData.mac.digest.getValue()),
    };
  } catch {
    return 'unsupported';
  }
}
