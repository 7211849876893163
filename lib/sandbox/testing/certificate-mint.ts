/**
 * Certificates by the thousand, for load: DER put together here and signed by `node:crypto`, because OpenSSL's command line
 * makes thirteen a second. What tests of correctness use comes from OpenSSL.
 * @module
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { encodeElement } from '@/lib/pki/der';

export type KeyType = 'ec' | 'rsa';
export type MintedCa = { pem: string; der: Uint8Array; key: KeyObject; keyType: KeyType; name: Uint8Array };
export type MintedDevice = {
  /** The certificate alone, and followed by its CA's, as just-in-time provisioning wants it. */
  pem: string;
  chainPem: string;
  keyPem: string;
  certificateId: string;
};
type Pair = { privateKey: KeyObject; spki: Uint8Array; pem: string };

/** X.690 tags. */
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;
const CONTEXT_0 = 0xa0;
const CONTEXT_3 = 0xa3;

const COMMON_NAME = Buffer.from('0603550403', 'hex');
/** ecdsa-with-SHA256 (RFC 5758), sha256WithRSAEncryption (RFC 4055). */
const SIGNATURE_ALGORITHM = {
  ec: Buffer.from('300a06082a8648ce3d040302', 'hex'),
  rsa: Buffer.from('300d06092a864886f70d01010b0500', 'hex'),
} as const;
/** basicConstraints, critical, CA:TRUE (RFC 5280 section 4.2.1.9). */
const CA_EXTENSIONS = sequence(
  sequence(
    Buffer.from('0603551d13', 'hex'),
    Buffer.from('0101ff', 'hex'),
    encodeElement(OCTET_STRING, Buffer.from('30030101ff', 'hex')),
  ),
);
const NOT_BEFORE = '250101000000Z';
const NOT_AFTER = '491231235959Z';

/** Makes CAs and their devices; devices of one kind share a few keys, which nothing that is measured notices. */
export class CertificateMint {
  readonly #pairs: Readonly<Record<KeyType, Pair[]>> = { ec: [], rsa: [] };
  readonly #keysOfKind: number;
  #made = 0;

  constructor(keysOfKind = 16) {
    this.#keysOfKind = keysOfKind;
  }

  ca(commonName: string, keyType: KeyType): MintedCa {
    const { privateKey: key, spki } = newPair(keyType);
    const name = commonNameOnly(commonName);
    const der = signed({ issuer: name, subject: name, spki, extensions: CA_EXTENSIONS }, { key, keyType });
    return { pem: printPem(der), der, key, keyType, name };
  }

  device(ca: MintedCa, commonName: string, keyType: KeyType = ca.keyType): MintedDevice {
    const pair = this.#pair(keyType);
    const der = signed({ issuer: ca.name, subject: commonNameOnly(commonName), spki: pair.spki }, ca);
    const pem = printPem(der);
    const certificateId = createHash('sha256').update(der).digest('hex');
    return { pem, chainPem: pem + ca.pem, keyPem: pair.pem, certificateId };
  }

  #pair(keyType: KeyType): Pair {
    const pairs = this.#pairs[keyType];
    const at = this.#made++ % this.#keysOfKind;
    const pair = pairs[at] ?? newPair(keyType);
    pairs[at] = pair;
    return pair;
  }
}

function newPair(keyType: KeyType): Pair {
  const { privateKey, publicKey } =
    keyType === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { privateKey, spki: publicKey.export({ type: 'spki', format: 'der' }), pem };
}

type Unsigned = { issuer: Uint8Array; subject: Uint8Array; spki: Uint8Array; extensions?: Uint8Array };

/** RFC 5280 section 4.1; version 1 without extensions, as OpenSSL's own. */
function signed(
  { issuer, subject, spki, extensions }: Unsigned,
  { key, keyType }: { key: KeyObject; keyType: KeyType },
): Buffer {
  const algorithm = SIGNATURE_ALGORITHM[keyType];
  const serial = randomBytes(16);
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f); // positive, and without a leading zero octet
  const tbs = sequence(
    ...(extensions ? [encodeElement(CONTEXT_0, encodeElement(INTEGER, Uint8Array.of(2)))] : []),
    encodeElement(INTEGER, serial),
    algorithm,
    issuer,
    sequence(time(NOT_BEFORE), time(NOT_AFTER)),
    subject,
    spki,
    ...(extensions ? [encodeElement(CONTEXT_3, extensions)] : []),
  );
  const signature = encodeElement(BIT_STRING, Uint8Array.of(0), sign('sha256', tbs, key));
  return Buffer.from(sequence(tbs, algorithm, signature));
}

function sequence(...parts: Uint8Array[]) {
  return encodeElement(SEQUENCE, ...parts);
}

const time = (text: string) => encodeElement(UTC_TIME, Buffer.from(text));

const commonNameOnly = (value: string) =>
  sequence(encodeElement(SET, sequence(COMMON_NAME, encodeElement(UTF8_STRING, Buffer.from(value)))));

function printPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
