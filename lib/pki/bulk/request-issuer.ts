/**
 * Device certificates by the thousand for keys that the devices keep: of every kind that AWS IoT takes, side by side in one batch.
 * @module
 */
import { type Bytes, equalBytes, fromBase64 } from '@/lib/pki/bytes';
import type { PkiContext } from '@/lib/pki/context';
import { encodeObjectIdentifier, readSequence } from '@/lib/pki/der';
import type { DeviceFault, DeviceIssuer } from '@/lib/pki/device-certificate';
import { ok, type Result } from '@/lib/result';
import { createLeafIssuer, type LeafIssuer } from './leaf-issuer';
import type { PublicKeyInfo } from './public-key-info';

/** rsaEncryption, RFC 3279 §2.3.1. */
const RSA = encodeObjectIdentifier('1.2.840.113549.1.1.1');

/** Extensions differ between RSA and EC keys (`leafExtensions`), so each has a mould of its own. */
export async function createRequestIssuer(
  issuer: DeviceIssuer,
  context: PkiContext,
): Promise<Result<LeafIssuer, DeviceFault>> {
  const ec = await createLeafIssuer({ ...issuer, algorithm: 'P-256' }, context);
  if (!ec.ok) return ec;
  const rsa = await createLeafIssuer({ ...issuer, algorithm: 'RSA-2048' }, context);
  if (!rsa.ok) return rsa;
  return ok({
    issue: (subject, deviceKey) => (isRsa(deviceKey.publicKey) ? rsa : ec).value.issue(subject, deviceKey),
  });
}

/** @param base64 of a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) that was read before; throws for anything else */
export function requestedKey(base64: string): { key: Bytes; publicKey: PublicKeyInfo } {
  const info = fromBase64(base64);
  const [algorithm, bits] = (info && readSequence(info)) ?? [];
  if (algorithm === undefined || bits === undefined) throw new Error('a public key that was not read here');
  return { key: new Uint8Array(), publicKey: { algorithm: algorithm.bytes, bits: bits.content.slice(1) } };
}

/** AlgorithmIdentifier begins with its OBJECT IDENTIFIER. */
function isRsa({ algorithm }: PublicKeyInfo): boolean {
  const [type] = readSequence(algorithm) ?? [];
  return type !== undefined && equalBytes(type.bytes, RSA);
}
