/**
 * Certificates as AWS IoT issues them, signed by a key of this process that nobody else has: the issuer is no CA that could
 * be registered, as with AWS. The form is that of certificates which people have printed.
 * @module
 */
import { createHash, createPublicKey, generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { type DerElement, derElements, oidText } from './der';
import * as write from './der-writer';

const COMMON_NAME = '2.5.4.3';
const ORGANIZATIONAL_UNIT = '2.5.4.11';
const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';

/** One attribute with all of it as its value. */
const ISSUER = 'Amazon Web Services O=Amazon.com Inc. L=Seattle ST=Washington C=US';
const SUBJECT_COMMON_NAME = 'AWS IoT Certificate';
const NOT_AFTER = new Date('2049-12-31T23:59:59Z');
/** Devices whose clock is a little behind can use their certificate at once. */
const BACKDATED_MS = 120_000;

/** What `generateKeyPair` makes of an RSA key of 2048 bits, as CreateKeysAndCertificate promises. */
export const generateRsaKeyPair = () => promisify(generateKeyPair)('rsa', { modulusLength: 2048 });

let issuerKey: Promise<KeyObject> | undefined;

/** In memory only: what it has signed stays valid without it. */
async function theIssuerKey(): Promise<KeyObject> {
  issuerKey ??= generateRsaKeyPair().then(({ privateKey }) => privateKey);
  return issuerKey;
}

/**
 * A certificate in PEM for a public key.
 *
 * @param subject - of the signing request; its common name gives way to AWS's, the rest is kept
 */
export async function issueAmazonCertificate(
  { publicKey, subject = [] }: { publicKey: KeyObject; subject?: readonly DerElement[] },
  now: Date,
): Promise<string> {
  const key = await theIssuerKey();
  const algorithm = write.sequence(write.objectIdentifier(SHA256_WITH_RSA), write.derNull());
  const tbs = write.sequence(
    write.der(0xa0, write.integer(Uint8Array.of(2))),
    write.integer(randomBytes(20)),
    algorithm,
    write.sequence(attribute(ORGANIZATIONAL_UNIT, ISSUER)),
    write.sequence(write.utcTime(new Date(now.getTime() - BACKDATED_MS)), write.utcTime(NOT_AFTER)),
    write.sequence(
      attribute(COMMON_NAME, SUBJECT_COMMON_NAME),
      ...subject.filter((name) => !isCommonName(name)).map(({ raw }) => raw),
    ),
    spkiOf(publicKey),
    write.der(0xa3, write.sequence(...extensions(publicKey, createPublicKey(key)))),
  );
  const certificate = write.sequence(tbs, algorithm, write.bitString(sign('sha256', tbs, key)));
  const base64 = Buffer.from(certificate)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

/** RFC 5280 section 4.2.1: key identifiers, no CA, digital signature alone. */
function extensions(publicKey: KeyObject, issuer: KeyObject): Uint8Array[] {
  const extension = (oid: string, value: Uint8Array, isCritical: boolean) =>
    write.sequence(
      write.objectIdentifier(oid),
      ...(isCritical ? [write.boolean(true)] : []),
      write.octetString(value),
    );
  return [
    extension('2.5.29.35', write.sequence(write.der(0x80, keyIdentifier(issuer))), false),
    extension('2.5.29.14', write.octetString(keyIdentifier(publicKey)), false),
    extension('2.5.29.19', write.sequence(), true),
    extension('2.5.29.15', write.bitString(Uint8Array.of(0x80), 7), true),
  ];
}

/** RFC 5280 section 4.2.1.2, method 1: SHA-1 of the key's bits. */
function keyIdentifier(key: KeyObject): Uint8Array {
  const [outer] = derElements(spkiOf(key)) ?? [];
  const [, bits] = (outer && derElements(outer.content)) ?? [];
  return createHash('sha1')
    .update(bits?.content.subarray(1) ?? new Uint8Array())
    .digest();
}

const spkiOf = (key: KeyObject): Uint8Array => key.export({ type: 'spki', format: 'der' });

const attribute = (oid: string, value: string) =>
  write.set(write.sequence(write.objectIdentifier(oid), write.utf8String(value)));

/** A SET of one attribute, which is a type and a value; multi-valued ones are left as they are. */
function isCommonName({ content }: DerElement): boolean {
  const [pair] = derElements(content) ?? [];
  const [type] = (pair && derElements(pair.content)) ?? [];
  return type !== undefined && oidText(type.content) === COMMON_NAME;
}
