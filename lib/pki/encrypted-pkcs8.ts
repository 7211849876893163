/**
 * EncryptedPrivateKeyInfo (RFC 5958 §3): the only form in which a CA key leaves the page.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import type { Bytes } from './bytes';
import { type ConversionNeeded, encryptionUnsupported } from './key-conversion';
import { PASSPHRASE_CHARACTERS_MAX, PASSPHRASE_CHARACTERS_MIN, type PassphraseRefused } from './passphrase';
import {
  AES_256_CBC_OID,
  AES_CBC_BITS,
  HMAC_HASHES,
  HMAC_SHA256_OID,
  PBES2_OID,
  PBKDF2_ITERATIONS,
  PBKDF2_ITERATIONS_MAX,
  PBKDF2_OID,
  type Pbes2,
  pbes2Decrypt,
  pbes2Encrypt,
} from './pbes2';
import { printPem } from './pem';
import { asn1js, pkijs } from './pkijs';
import { exportPkcs8 } from './private-key-pem';

export { PASSPHRASE_CHARACTERS_MIN };

/** The key as PEM, label `ENCRYPTED PRIVATE KEY`: PBES2, PBKDF2-HMAC-SHA-256 with 600 000 rounds, AES-256-CBC. */
export async function encryptPrivateKey(
  key: CryptoKey,
  passphrase: string,
  crypto: Crypto,
): Promise<Result<string, PassphraseRefused>> {
  const characters = [...passphrase].length;
  if (characters < PASSPHRASE_CHARACTERS_MIN || characters > PASSPHRASE_CHARACTERS_MAX) {
    return fail({
      kind: 'passphrase-length',
      charactersMin: PASSPHRASE_CHARACTERS_MIN,
      charactersMax: PASSPHRASE_CHARACTERS_MAX,
    });
  }
  const plain = await exportPkcs8(key, crypto);
  try {
    return ok(await encryptPkcs8(plain, passphrase, crypto));
  } finally {
    plain.fill(0);
  }
}

/**
 * The same of a key that is in the clear already.
 * @param passphrase within its bounds
 */
export async function encryptPkcs8(plain: Bytes, passphrase: string, crypto: Crypto): Promise<string> {
  const scheme: Pbes2 = {
    hash: 'SHA-256',
    salt: crypto.getRandomValues(new Uint8Array(16)),
    iterations: PBKDF2_ITERATIONS,
    aesBits: 256,
    iv: crypto.getRandomValues(new Uint8Array(16)),
  };
  const encrypted = await pbes2Encrypt(plain, passphrase, scheme, crypto);
  return printPem('ENCRYPTED PRIVATE KEY', encode(scheme, encrypted));
}

function encode({ salt, iterations, iv }: Pbes2, encrypted: Bytes): Bytes {
  const identifier = (algorithmId: string, algorithmParams: unknown) =>
    new pkijs.AlgorithmIdentifier({ algorithmId, algorithmParams });
  const parameters = new pkijs.PBES2Params({
    keyDerivationFunc: identifier(
      PBKDF2_OID,
      new pkijs.PBKDF2Params({
        salt: new asn1js.OctetString({ valueHex: salt }),
        iterationCount: iterations,
        prf: identifier(HMAC_SHA256_OID, new asn1js.Null()),
      }).toSchema(),
    ),
    encryptionScheme: identifier(AES_256_CBC_OID, new asn1js.OctetString({ valueHex: iv })),
  });
  const container = new pkijs.PKCS8ShroudedKeyBag({
    encryptionAlgorithm: identifier(PBES2_OID, parameters.toSchema()),
    // One primitive OCTET STRING: pkijs itself would split it into a constructed one, which is not DER.
    encryptedData: new asn1js.OctetString({ valueHex: encrypted }),
  });
  return new Uint8Array(container.toSchema().toBER(false));
}

export type DecryptFault =
  | ConversionNeeded
  | { kind: 'key-malformed' }
  | { kind: 'passphrase-wrong' }
  | { kind: 'key-iterations'; iterations: number; iterationsMax: number };

/** The PKCS#8 inside. Every iteration count up to a bound is accepted: old files have 2048. */
export async function decryptPkcs8(
  der: Uint8Array,
  passphrase: string,
  crypto: Crypto,
): Promise<Result<Bytes, DecryptFault>> {
  const container = decode(der);
  if (!container.ok) return container;
  const { scheme, encrypted } = container.value;
  const { iterations } = scheme;
  if (iterations < 1 || iterations > PBKDF2_ITERATIONS_MAX) {
    return fail({ kind: 'key-iterations', iterations, iterationsMax: PBKDF2_ITERATIONS_MAX });
  }
  const plain = await pbes2Decrypt(encrypted, passphrase, scheme, crypto);
  return plain ? ok(plain) : fail({ kind: 'passphrase-wrong' });
}

function decode(der: Uint8Array): Result<{ scheme: Pbes2; encrypted: Bytes }, DecryptFault> {
  try {
    const container = pkijs.PKCS8ShroudedKeyBag.fromBER(Uint8Array.from(der));
    const { algorithmId, algorithmParams } = container.encryptionAlgorithm;
    if (algorithmId !== PBES2_OID) return fail(encryptionUnsupported(algorithmId));
    const { keyDerivationFunc, encryptionScheme } = new pkijs.PBES2Params({ schema: algorithmParams });
    if (keyDerivationFunc.algorithmId !== PBKDF2_OID) {
      return fail(encryptionUnsupported(keyDerivationFunc.algorithmId));
    }
    const derivation = new pkijs.PBKDF2Params({ schema: keyDerivationFunc.algorithmParams });
    const prf = derivation.prf?.algorithmId;
    const hash = prf === undefined ? 'SHA-1' : HMAC_HASHES.get(prf);
    const aesBits = AES_CBC_BITS.get(encryptionScheme.algorithmId);
    if (hash === undefined) return fail(encryptionUnsupported(prf ?? ''));
    if (aesBits === undefined) return fail(encryptionUnsupported(encryptionScheme.algorithmId));
    return ok({
      scheme: {
        hash,
        aesBits,
        iterations: derivation.iterationCount,
        salt: octets(derivation.salt),
        iv: octets(encryptionScheme.algorithmParams),
      },
      encrypted: octets(container.encryptedData),
    });
  } catch {
    return fail({ kind: 'key-malformed' });
  }
}

function octets(value: unknown): Bytes {
  if (!(value instanceof asn1js.OctetString)) throw new TypeError('not an OCTET STRING');
  return new Uint8Array(value.getValue());
}
