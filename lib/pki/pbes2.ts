/**
 * Password-based encryption of private keys: PBES2 with PBKDF2 and AES-CBC (RFC 8018 §6.2), in WebCrypto's terms.
 * @module
 */
import type { Bytes } from './bytes';

export const PBES2_OID = '1.2.840.113549.1.5.13';
export const PBKDF2_OID = '1.2.840.113549.1.5.12';

/** OWASP's floor for PBKDF2-HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
export const PBKDF2_ITERATIONS = 600_000;
/** About a second and a half of one core: a hostile file must not hold the worker for longer. */
export const PBKDF2_ITERATIONS_MAX = 5_000_000;

export const HMAC_SHA256_OID = '1.2.840.113549.2.9';
/** RFC 8018 appendix B.1; the first is meant when none is named. */
export const HMAC_HASHES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.7', 'SHA-1'],
  [HMAC_SHA256_OID, 'SHA-256'],
  ['1.2.840.113549.2.10', 'SHA-384'],
  ['1.2.840.113549.2.11', 'SHA-512'],
]);

export const AES_256_CBC_OID = '2.16.840.1.101.3.4.1.42';
/** AES-192 is missing on purpose: Chromium's WebCrypto does not have it. */
export const AES_CBC_BITS: ReadonlyMap<string, number> = new Map([
  ['2.16.840.1.101.3.4.1.2', 128],
  [AES_256_CBC_OID, 256],
]);

export type Pbes2 = {
  hash: string;
  salt: Bytes;
  iterations: number;
  aesBits: number;
  iv: Bytes;
};

export async function pbes2Encrypt(
  plain: Bytes,
  passphrase: string,
  scheme: Pbes2,
  crypto: Crypto,
): Promise<Bytes> {
  const key = await deriveKey(passphrase, scheme, 'encrypt', crypto);
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv: scheme.iv }, key, plain));
}

/** Undefined where the padding is wrong, which a wrong passphrase makes almost certain (255 of 256). */
export async function pbes2Decrypt(
  encrypted: Bytes,
  passphrase: string,
  scheme: Pbes2,
  crypto: Crypto,
): Promise<Bytes | undefined> {
  const key = await deriveKey(passphrase, scheme, 'decrypt', crypto);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv: scheme.iv }, key, encrypted));
  } catch {
    return undefined;
  }
}

async function deriveKey(
  passphrase: string,
  { hash, salt, iterations, aesBits }: Pbes2,
  usage: 'encrypt' | 'decrypt',
  crypto: Crypto,
): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(passphrase),
    'PBKDF2',
    false,
    ['deriveKey'],
  );
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash, salt, iterations },
    material,
    { name: 'AES-CBC', length: aesBits },
    false,
    [usage],
  );
}
