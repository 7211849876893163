/**
 * Signatures of certificates and keys by WebCrypto alone, with the public key of an issuer imported once.
 * @module
 */
import type { Bytes } from '@/lib/pki/bytes';
import { objectIdentifier, readElements, readSequence } from '@/lib/pki/der';
import type { LeafCertificate } from './read-leaf';

/** RFC 5758 §3.2 and RFC 4055 §5. */
const SIGNATURES: Record<string, { name: 'ECDSA' | 'RSASSA-PKCS1-v1_5'; hash: string }> = {
  '1.2.840.10045.4.3.2': { name: 'ECDSA', hash: 'SHA-256' },
  '1.2.840.10045.4.3.3': { name: 'ECDSA', hash: 'SHA-384' },
  '1.2.840.10045.4.3.4': { name: 'ECDSA', hash: 'SHA-512' },
  '1.2.840.113549.1.1.11': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  '1.2.840.113549.1.1.12': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' },
  '1.2.840.113549.1.1.13': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
};

/** RFC 5480 §2.1.1.1, with the length of a coordinate. */
const CURVES: Record<string, { namedCurve: string; bytes: number }> = {
  '1.2.840.10045.3.1.7': { namedCurve: 'P-256', bytes: 32 },
  '1.3.132.0.34': { namedCurve: 'P-384', bytes: 48 },
  '1.3.132.0.35': { namedCurve: 'P-521', bytes: 66 },
};

const CHALLENGE_BYTES = 32;

/** Checks what one issuer signed. */
export class IssuerKey {
  readonly #publicKeyInfo: Bytes;
  readonly #crypto: Crypto;
  /** By hash: an RSA key is imported for one. */
  readonly #keys = new Map<string, Promise<CryptoKey>>();

  constructor(publicKeyInfo: Bytes, crypto: Crypto) {
    this.#publicKeyInfo = publicKeyInfo;
    this.#crypto = crypto;
  }

  /** False, too, for algorithms that are not known here. */
  async hasSigned({ tbs, signature, signatureAlgorithm }: LeafCertificate): Promise<boolean> {
    const algorithm = SIGNATURES[signatureAlgorithm];
    const kind = keyKind(this.#publicKeyInfo);
    if (algorithm === undefined || (kind.curve === undefined) !== (algorithm.name !== 'ECDSA')) return false;
    const raw = kind.curve === undefined ? signature : rawSignature(signature, kind.curve.bytes);
    if (raw === undefined) return false;
    try {
      const { subtle } = this.#crypto;
      const key =
        this.#keys.get(algorithm.hash) ?? subtle.importKey(...importOf(this.#publicKeyInfo, algorithm.hash));
      this.#keys.set(algorithm.hash, key);
      return await subtle.verify(algorithm, await key, raw, tbs);
    } catch {
      return false;
    }
  }
}

/** Whether a private key (PKCS#8) is that of a public one: a challenge is signed, so a file that only claims a public key fails. */
export async function isKeyPair(pkcs8: Bytes, publicKeyInfo: Bytes, crypto: Crypto): Promise<boolean> {
  const { subtle } = crypto;
  try {
    const [format, info, algorithm] = importOf(publicKeyInfo, 'SHA-256');
    const privateKey = await subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
    const publicKey = await subtle.importKey(format, info, algorithm, false, ['verify']);
    const challenge = crypto.getRandomValues(new Uint8Array(CHALLENGE_BYTES));
    const signing = { name: algorithm.name, hash: 'SHA-256' };
    const signature = await subtle.sign(signing, privateKey, challenge);
    return await subtle.verify(signing, publicKey, signature, challenge);
  } catch {
    // Another kind of key, or none at all: the import refuses.
    return false;
  }
}

function importOf(info: Bytes, hash: string) {
  const { curve } = keyKind(info);
  const algorithm =
    curve === undefined
      ? { name: 'RSASSA-PKCS1-v1_5', hash }
      : { name: 'ECDSA', namedCurve: curve.namedCurve };
  return ['spki', info, algorithm, false, ['verify']] as ['spki', Bytes, typeof algorithm, false, ['verify']];
}

function keyKind(publicKeyInfo: Uint8Array) {
  const algorithm = readSequence(publicKeyInfo)?.[0];
  const parameters = algorithm && readElements(algorithm.content)?.[1];
  return { curve: parameters && CURVES[objectIdentifier(parameters.content)] };
}

/** Ecdsa-Sig-Value (RFC 3279 §2.2.3) as WebCrypto wants it: `r ‖ s`, each as long as a coordinate. */
function rawSignature(der: Bytes, coordinateBytes: number): Bytes | undefined {
  const numbers = readSequence(der);
  if (numbers?.length !== 2) return undefined;
  const raw = new Uint8Array(2 * coordinateBytes);
  for (const [index, { content }] of numbers.entries()) {
    const zeros = content.findIndex((octet) => octet !== 0);
    const digits = zeros < 0 ? content.subarray(content.length) : content.subarray(zeros);
    if (digits.length > coordinateBytes) return undefined;
    raw.set(digits, (index + 1) * coordinateBytes - digits.length);
  }
  return raw;
}
