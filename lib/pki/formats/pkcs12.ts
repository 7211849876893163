/**
 * A device's key, certificate and chain in one file under a passphrase: PKCS #12 (RFC 7292) with the encryption of today, PBES2
 * with AES-256 (RFC 8018), for the key as well as for the certificates.
 * @module
 */
import type { Bytes } from '@/lib/pki/bytes';
import { DER_TAG, encodeElement, encodeUnsigned, encodeObjectIdentifier as oid } from '@/lib/pki/der';
import { sha1 } from '@/lib/pki/digest';
import {
  AES_256_CBC_OID,
  HMAC_SHA256_OID,
  PBES2_OID,
  PBKDF2_OID,
  type Pbes2,
  pbes2Encrypt,
} from '@/lib/pki/pbes2';
import { pkcs12MacKey } from './pkcs12-mac-key';

const { sequence, octetString, context0, integer } = DER_TAG;
const SET_TAG = 0x31;
const BMP_STRING_TAG = 0x1e;
const CONTEXT_0_PRIMITIVE = 0x80;
const NULL = Uint8Array.of(0x05, 0x00);

const DATA = oid('1.2.840.113549.1.7.1');
const ENCRYPTED_DATA = oid('1.2.840.113549.1.7.6');
const SHROUDED_KEY_BAG = oid('1.2.840.113549.1.12.10.1.2');
const CERT_BAG = oid('1.2.840.113549.1.12.10.1.3');
const X509_CERTIFICATE = oid('1.2.840.113549.1.9.22.1');
const FRIENDLY_NAME = oid('1.2.840.113549.1.9.20');
const LOCAL_KEY_ID = oid('1.2.840.113549.1.9.21');

/** OpenSSL's own default for files of a device; the passphrase carries the weight. */
export const PKCS12_ITERATIONS_MIN = 2048;
const SALT_BYTES = 16;

/** The digest of the integrity check: older readers (Windows before Server 2019, Java before 8u301) know SHA-1 alone. */
export const PKCS12_MACS = ['SHA-256', 'SHA-1'] as const;
export type Pkcs12Mac = (typeof PKCS12_MACS)[number];
const MAC_DIGEST_OID: Record<Pkcs12Mac, Bytes> = {
  'SHA-256': oid('2.16.840.1.101.3.4.2.1'),
  'SHA-1': oid('1.3.14.3.2.26'),
};

export type Pkcs12Request = {
  /** PKCS#8 in the clear. */
  key: Bytes;
  /** DER, the key's own first. */
  certificates: readonly [Bytes, ...Bytes[]];
  friendlyName: string;
  passphrase: string;
  iterations: number;
  mac: Pkcs12Mac;
};

/** The PFX as DER. */
export async function writePkcs12(request: Pkcs12Request, crypto: Crypto): Promise<Bytes> {
  const { key, certificates, friendlyName, passphrase, iterations, mac } = request;
  // Both bags share salt and key, which halves the only slow step; their IVs differ.
  const scheme = { hash: 'SHA-256', salt: random(SALT_BYTES, crypto), iterations, aesBits: 256 };
  const encrypt = async (plain: Bytes) => {
    const own: Pbes2 = { ...scheme, iv: random(16, crypto) };
    return {
      identifier: pbes2Identifier(own),
      encrypted: await pbes2Encrypt(plain, passphrase, own, crypto),
    };
  };
  const attributes = bagAttributes(friendlyName, sha1(certificates[0]));

  const shrouded = await encrypt(key);
  const keyBag = encodeElement(sequence, shrouded.identifier, encodeElement(octetString, shrouded.encrypted));
  const keys = encodeElement(sequence, safeBag(SHROUDED_KEY_BAG, keyBag, attributes));

  const bags = certificates.map((der, index) =>
    safeBag(CERT_BAG, certificateBag(der), index === 0 ? attributes : undefined),
  );
  const hidden = await encrypt(encodeElement(sequence, ...bags));
  const safes = encodeElement(sequence, dataInfo(keys), encryptedInfo(hidden.identifier, hidden.encrypted));

  return encodeElement(
    sequence,
    encodeUnsigned(3),
    dataInfo(safes),
    await macData(safes, { mac, passphrase, iterations }, crypto),
  );
}

/** RFC 8018 appendix A.2 and A.4. */
function pbes2Identifier({ salt, iterations, iv }: Pbes2): Bytes {
  const prf = encodeElement(sequence, oid(HMAC_SHA256_OID), NULL);
  const derivation = encodeElement(
    sequence,
    encodeElement(octetString, salt),
    encodeUnsigned(iterations),
    prf,
  );
  const parameters = encodeElement(
    sequence,
    encodeElement(sequence, oid(PBKDF2_OID), derivation),
    encodeElement(sequence, oid(AES_256_CBC_OID), encodeElement(octetString, iv)),
  );
  return encodeElement(sequence, oid(PBES2_OID), parameters);
}

function safeBag(type: Bytes, value: Bytes, attributes: Bytes | undefined): Bytes {
  return encodeElement(sequence, type, encodeElement(context0, value), ...(attributes ? [attributes] : []));
}

function certificateBag(der: Bytes): Bytes {
  return encodeElement(sequence, X509_CERTIFICATE, encodeElement(context0, encodeElement(octetString, der)));
}

/** What ties key and certificate together, and what stores show as the name. */
function bagAttributes(friendlyName: string, keyId: Uint8Array): Bytes {
  const name = new Uint8Array(friendlyName.length * 2);
  const view = new DataView(name.buffer);
  for (let at = 0; at < friendlyName.length; at += 1) view.setUint16(at * 2, friendlyName.charCodeAt(at));
  const attribute = (type: Bytes, value: Bytes) =>
    encodeElement(sequence, type, encodeElement(SET_TAG, value));
  return encodeElement(
    SET_TAG,
    attribute(FRIENDLY_NAME, encodeElement(BMP_STRING_TAG, name)),
    attribute(LOCAL_KEY_ID, encodeElement(octetString, keyId)),
  );
}

/** ContentInfo of plain data (RFC 2315 §8). */
function dataInfo(content: Bytes): Bytes {
  return encodeElement(sequence, DATA, encodeElement(context0, encodeElement(octetString, content)));
}

/** ContentInfo of EncryptedData (RFC 2315 §13). */
function encryptedInfo(identifier: Bytes, encrypted: Bytes): Bytes {
  const content = encodeElement(sequence, DATA, identifier, encodeElement(CONTEXT_0_PRIMITIVE, encrypted));
  const data = encodeElement(sequence, encodeElement(integer, Uint8Array.of(0)), content);
  return encodeElement(sequence, ENCRYPTED_DATA, encodeElement(context0, data));
}

async function macData(
  content: Bytes,
  { mac, passphrase, iterations }: Pick<Pkcs12Request, 'mac' | 'passphrase' | 'iterations'>,
  crypto: Crypto,
): Promise<Bytes> {
  const salt = random(SALT_BYTES, crypto);
  const raw = pkcs12MacKey({ hash: mac, passphrase, salt, iterations });
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: mac }, false, ['sign']);
  const digest = new Uint8Array(await crypto.subtle.sign('HMAC', key, content));
  const algorithm = encodeElement(sequence, MAC_DIGEST_OID[mac], NULL);
  const info = encodeElement(sequence, algorithm, encodeElement(octetString, digest));
  return encodeElement(sequence, info, encodeElement(octetString, salt), encodeUnsigned(iterations));
}

function random(bytes: number, crypto: Crypto): Bytes {
  return crypto.getRandomValues(new Uint8Array(bytes));
}
