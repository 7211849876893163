/**
 * The shapes of private keys in DER: which one it is, and the older ones wrapped into PKCS#8 (RFC 5958), the only one
 * that WebCrypto imports.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import type { Bytes } from './bytes';
import { DER_TAG, encodeElement, objectIdentifier, readElements, readSequence } from './der';
import type { EcCurve } from './key-algorithm';
import { algorithmUnsupported, type ConversionNeeded, explicitCurveParameters } from './key-conversion';

export type KeyDer = 'pkcs8' | 'encrypted-pkcs8' | 'pkcs1' | 'sec1' | 'pkcs12';

const { integer, octetString, sequence, context0 } = DER_TAG;

/** Tells the containers apart by the tags of their first elements. */
export function recogniseKeyDer(der: Uint8Array): KeyDer | undefined {
  const [first, second, third] = readSequence(der) ?? [];
  if (!(first && second)) return undefined;
  // EncryptedPrivateKeyInfo: algorithm, data.
  if (first.tag === sequence) {
    const isAlgorithm = readElements(first.content)?.[0]?.tag === DER_TAG.objectIdentifier;
    return isAlgorithm && second.tag === octetString && !third ? 'encrypted-pkcs8' : undefined;
  }
  if (first.tag !== integer) return undefined;
  const version = first.content.length === 1 ? first.content[0] : undefined;
  if (version === 3 && second.tag === sequence) return 'pkcs12';
  if (second.tag === sequence && third?.tag === octetString) return 'pkcs8';
  if (version === 1 && second.tag === octetString) return 'sec1';
  // RSAPrivateKey has version, n, e, d, p, q, dp, dq, qinv (RFC 8017 appendix A.1.2); DSA's has six integers.
  return version === 0 && readSequence(der)?.length === 9 ? 'pkcs1' : undefined;
}

const RSA_OID = '1.2.840.113549.1.1.1';
const EC_OID = '1.2.840.10045.2.1';
const CURVES: ReadonlyMap<string, EcCurve> = new Map([
  ['1.2.840.10045.3.1.7', 'P-256'],
  ['1.3.132.0.34', 'P-384'],
]);

type KeyShapeFault = ConversionNeeded | { kind: 'key-malformed' };

/** Which key a PKCS#8 structure holds, as far as it can be used here. */
export function keyKind(pkcs8: Uint8Array): Result<'RSA' | EcCurve, KeyShapeFault> {
  const [algorithm, parameters] = readElements(readSequence(pkcs8)?.[1]?.content ?? new Uint8Array()) ?? [];
  if (algorithm?.tag !== DER_TAG.objectIdentifier) return fail({ kind: 'key-malformed' });
  const oid = objectIdentifier(algorithm.content);
  if (oid === RSA_OID) return ok('RSA');
  if (oid !== EC_OID) return fail(algorithmUnsupported(oid));

  if (parameters?.tag === sequence) return fail(explicitCurveParameters());
  if (parameters?.tag !== DER_TAG.objectIdentifier) return fail({ kind: 'key-malformed' });
  const curveOid = objectIdentifier(parameters.content);
  const curve = CURVES.get(curveOid);
  return curve ? ok(curve) : fail(algorithmUnsupported(curveOid));
}

const VERSION_0 = encodeElement(integer, Uint8Array.of(0));
const NULL = Uint8Array.of(0x05, 0x00);
/** 1.2.840.113549.1.1.1 and 1.2.840.10045.2.1, encoded. */
const RSA_OID_DER = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01);
const EC_OID_DER = Uint8Array.of(0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);

export function wrapPkcs1(der: Bytes): Bytes {
  return encodeElement(
    sequence,
    VERSION_0,
    encodeElement(sequence, RSA_OID_DER, NULL),
    encodeElement(octetString, der),
  );
}

/** @param parameters the curve where the key itself does not name it (RFC 5915 §3 makes it optional) */
export function wrapSec1(der: Bytes, parameters?: Bytes): Result<Bytes, KeyShapeFault> {
  const curve = readSequence(der)?.find(({ tag }) => tag === context0)?.content ?? parameters;
  if (!curve) return fail({ kind: 'key-malformed' });
  return ok(
    encodeElement(
      sequence,
      VERSION_0,
      encodeElement(sequence, EC_OID_DER, curve),
      encodeElement(octetString, der),
    ),
  );
}
