/**
 * Device certificates by the thousand. The library spends milliseconds of a device on its object tree; here the DER is put
 * together directly around bytes that the library made once.
 * @module
 */
import type { Bytes } from '@/lib/pki/bytes';
import type { PkiContext } from '@/lib/pki/context';
import { type DeviceFault, type DeviceIssuer, issueDeviceCertificate } from '@/lib/pki/device-certificate';
import { sha1 } from '@/lib/pki/digest';
import {
  generateKeyPair,
  type KeyAlgorithm,
  signatureBytes,
  signingAlgorithm,
} from '@/lib/pki/key-algorithm';
import { exportPkcs8 } from '@/lib/pki/private-key-pem';
import { serialSource } from '@/lib/pki/serial-number';
import type { Subject } from '@/lib/pki/subject';
import { ok, type Result } from '@/lib/result';
import { ecdsaSignatureBytesMax, ecdsaSignatureValue } from './ecdsa-signature';
import { subjectEncoder } from './encode-subject';
import { type LeafMould, leafMould, signedLeaf, unsignedLeaf } from './leaf-mould';
import { LeafSpace } from './leaf-space';
import { type PublicKeyInfo, publicKeyInfo } from './public-key-info';

/**
 * `key` is the private key as PKCS#8 in the clear: whoever holds it writes it out or overwrites it. `certificate` lies beside others in one
 * buffer.
 */
export type IssuedLeaf = { key: Bytes; certificate: Bytes };

/** A device's key pair: the private key as PKCS#8 in the clear, and its public half. */
export type DeviceKey = { key: Bytes; publicKey: PublicKeyInfo };

export type LeafIssuer = {
  /** @param subject without faults (`checkSubject`), or the DER of a whole Name */
  issue(subject: Subject | Bytes, deviceKey: DeviceKey): Promise<IssuedLeaf>;
};

/**
 * Everything of a batch that can be settled before its first device. One throw-away certificate is made by the library, so a fault
 * of the CA, its key or the validity shows here.
 */
export async function createLeafIssuer(
  issuer: DeviceIssuer & { algorithm: KeyAlgorithm },
  context: PkiContext,
): Promise<Result<LeafIssuer, DeviceFault>> {
  const { crypto } = context;
  const keys = await generateKeyPair(issuer.algorithm, crypto);
  const sample = await issueDeviceCertificate(
    { ...issuer, subject: { commonName: 'sample' }, publicKey: keys.publicKey },
    context,
  );
  if (!sample.ok) return sample;
  const { publicKey } = await readDeviceKey(keys, crypto);
  const { caKey } = issuer;
  const press: LeafPress = {
    mould: leafMould(sample.value.der, sha1(publicKey.bits)),
    caKey,
    signing: signingAlgorithm(caKey),
    signatureSpace: new Uint8Array(ecdsaSignatureBytesMax(signatureBytes(caKey))),
    space: new LeafSpace(),
    nextSerial: serialSource(crypto),
    encodeSubject: subjectEncoder(),
  };
  return ok({ issue: (subject, deviceKey) => issueLeaf(press, subject, deviceKey, crypto) });
}

/** What all certificates of a batch are made with. */
type LeafPress = {
  mould: LeafMould;
  caKey: CryptoKey;
  signing: ReturnType<typeof signingAlgorithm>;
  /** One after the other is put together in it. */
  signatureSpace: Bytes;
  space: LeafSpace;
  nextSerial: () => Bytes;
  encodeSubject: (subject: Subject) => Bytes;
};

/** A new key pair, already taken apart. */
export async function makeDeviceKey(algorithm: KeyAlgorithm, crypto: Crypto): Promise<DeviceKey> {
  return readDeviceKey(await generateKeyPair(algorithm, crypto), crypto);
}

async function readDeviceKey({ privateKey }: CryptoKeyPair, crypto: Crypto): Promise<DeviceKey> {
  return deviceKeyOf(await exportPkcs8(privateKey, crypto));
}

/** @param key PKCS#8 as WebCrypto exports it; throws where its public half is not in it, which would be a bug */
export function deviceKeyOf(key: Bytes): DeviceKey {
  const publicKey = publicKeyInfo(key);
  if (publicKey === undefined) throw new Error('an exported key without its public half');
  return { key, publicKey };
}

async function issueLeaf(
  { mould, caKey, signing, signatureSpace, space, nextSerial, encodeSubject }: LeafPress,
  subject: Subject | Bytes,
  { key, publicKey }: DeviceKey,
  crypto: Crypto,
): Promise<IssuedLeaf> {
  const parts = {
    serial: nextSerial(),
    subject: subject instanceof Uint8Array ? subject : encodeSubject(subject),
    publicKey,
    keyIdentifier: sha1(publicKey.bits),
  };
  const unsigned = unsignedLeaf(mould, parts, space, signatureSpace.length);
  const signed = new Uint8Array(await crypto.subtle.sign(signing, caKey, unsigned.tbs));
  const signature = signing.name === 'ECDSA' ? ecdsaSignatureValue(signed, signatureSpace) : signed;
  return { key, certificate: signedLeaf(mould, unsigned, signature) };
}
