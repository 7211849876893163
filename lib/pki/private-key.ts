/**
 * Reading a private key in any form that OpenSSL, easy-rsa and cfssl write: PKCS#8 plain or encrypted, PKCS#1, SEC1, as
 * PEM or DER. What cannot be used is named, with the command that converts it.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import type { Bytes } from './bytes';
import { decodeText } from './decode-text';
import { DER_TAG } from './der';
import { type DecryptFault, decryptPkcs8 } from './encrypted-pkcs8';
import { importAlgorithm } from './key-algorithm';
import { algorithmUnsupported, legacyPemEncryption, openSshFormat, pkcs12Format } from './key-conversion';
import { type PemBlock, type PemFault, parsePem } from './pem';
import { keyKind, recogniseKeyDer, wrapPkcs1, wrapSec1 } from './pkcs8';
import { RSA_BITS_MIN } from './public-key';

export type PrivateKeyFault =
  | PemFault
  | DecryptFault
  | { kind: 'key-missing'; labels: string[] }
  | { kind: 'passphrase-needed' }
  | { kind: 'key-too-short'; bits: number; bitsMin: number };

export type KeyReading = {
  /** Needed for an encrypted key, ignored for a plain one. */
  passphrase?: string | undefined;
  extractable: boolean;
};

/** The private key of a PEM text (the first one in it) or of DER bytes, for signing. */
export async function readPrivateKey(
  input: string | Uint8Array,
  reading: KeyReading,
  crypto: Crypto,
): Promise<Result<CryptoKey, PrivateKeyFault>> {
  const content = typeof input === 'string' ? input : decodeText(input);
  const pkcs8 = await (typeof content === 'string'
    ? pkcs8FromPem(content, reading.passphrase, crypto)
    : pkcs8FromDer(Uint8Array.from(content), reading.passphrase, crypto));
  return pkcs8.ok ? importPkcs8(pkcs8.value, reading.extractable, crypto) : pkcs8;
}

type Pkcs8Found = Promise<Result<Bytes, PrivateKeyFault>>;

async function pkcs8FromPem(text: string, passphrase: string | undefined, crypto: Crypto): Pkcs8Found {
  const blocks = parsePem(text);
  if (!blocks.ok) return blocks;
  const block = blocks.value.find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (!block) return fail({ kind: 'key-missing', labels: blocks.value.map(({ label }) => label) });

  const dekInfo = block.headers.find((header) => header.startsWith('DEK-Info:'));
  if (dekInfo)
    return fail(legacyPemEncryption(dekInfo.slice('DEK-Info:'.length).split(',')[0]?.trim() ?? ''));
  if (block.label === 'OPENSSH PRIVATE KEY') return fail(openSshFormat());
  if (block.label === 'DSA PRIVATE KEY') return fail(algorithmUnsupported('1.2.840.10040.4.1'));
  return pkcs8FromDer(block.der, passphrase, crypto, ecParameters(blocks.value));
}

/** The curve stands in a block of its own in front of `openssl ecparam -genkey`'s key. */
function ecParameters(blocks: PemBlock[]): Bytes | undefined {
  return blocks.find(({ label }) => label === 'EC PARAMETERS')?.der;
}

async function pkcs8FromDer(
  der: Bytes,
  passphrase: string | undefined,
  crypto: Crypto,
  parameters?: Bytes,
): Pkcs8Found {
  switch (recogniseKeyDer(der)) {
    case 'pkcs8':
      return ok(der);
    case 'pkcs1':
      return ok(wrapPkcs1(der));
    case 'sec1':
      return wrapSec1(der, parameters);
    case 'pkcs12':
      return fail(pkcs12Format());
    case 'encrypted-pkcs8': {
      if (!passphrase) return fail({ kind: 'passphrase-needed' });
      const plain = await decryptPkcs8(der, passphrase, crypto);
      if (!plain.ok) return plain;
      // Wrong passphrases leave valid padding once in 256 times; what comes out then is noise.
      return recogniseKeyDer(plain.value) === 'pkcs8' ? plain : fail({ kind: 'passphrase-wrong' });
    }
    case undefined:
      return fail(
        der[0] === DER_TAG.sequence ? { kind: 'key-malformed' } : { kind: 'key-missing', labels: [] },
      );
  }
}

async function importPkcs8(
  pkcs8: Bytes,
  extractable: boolean,
  crypto: Crypto,
): Promise<Result<CryptoKey, PrivateKeyFault>> {
  const kind = keyKind(pkcs8);
  if (!kind.ok) return kind;
  try {
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, importAlgorithm(kind.value), extractable, [
      'sign',
    ]);
    const bits = 'modulusLength' in key.algorithm ? Number(key.algorithm.modulusLength) : RSA_BITS_MIN;
    return bits < RSA_BITS_MIN ? fail({ kind: 'key-too-short', bits, bitsMin: RSA_BITS_MIN }) : ok(key);
  } catch {
    return fail({ kind: 'key-malformed' });
  }
}
