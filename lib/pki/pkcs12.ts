/**
 * The certificates of a PKCS#12 file (RFC 7292), and its keys as they lie in it. Those stay encrypted: nobody needs them to know whose
 * file it is.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import { type Bytes, equalBytes } from './bytes';
import { type DecryptFault, decryptPkcs8 } from './encrypted-pkcs8';
import type { ConversionNeeded } from './key-conversion';
import { recogniseKeyDer } from './pkcs8';
import { asn1js, pkijs } from './pkijs';

export type Pkcs12Content = {
  /** DER, in the order of the file. */
  certificates: Bytes[];
  keys: Pkcs12Key[];
};

/** DER: PKCS#8, or where it is shrouded an EncryptedPrivateKeyInfo. */
export type Pkcs12Key = { isShrouded: boolean; der: Bytes };

export type Pkcs12Fault =
  | { kind: 'passphrase-needed' }
  | { kind: 'passphrase-wrong' }
  | { kind: 'pkcs12-malformed' }
  /** Protected for a recipient's public key, or without a password in the usual way. */
  | { kind: 'pkcs12-form-unsupported'; what: string }
  | { kind: 'key-iterations'; iterations: number; iterationsMax: number }
  /** The certificates are encrypted as OpenSSL 1 did; the command writes them in the clear. */
  | Extract<ConversionNeeded, { kind: 'key-encryption-unsupported' }>;

/** RFC 2315 section 14; RFC 7292 appendix D. */
const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const KEY_BAG = '1.2.840.113549.1.12.10.1.1';
const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2';
const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3';
const SAFE_CONTENTS_BAG = '1.2.840.113549.1.12.10.1.6';
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1';

/** OpenSSL 3 needs `-legacy` for RC2 and is not disturbed by it otherwise. */
const TO_PEM = 'openssl pkcs12 -legacy -in old.p12 -nokeys -out certificates.pem';

/** Whether the bytes begin as PKCS#12 does, in DER or in BER, as some tools write it. */
export function isPkcs12(bytes: Uint8Array): boolean {
  if (recogniseKeyDer(bytes) === 'pkcs12') return true;
  // SEQUENCE of indefinite length, INTEGER 3, SEQUENCE.
  return equalBytes(bytes.subarray(0, 6), Uint8Array.of(0x30, 0x80, 0x02, 0x01, 0x03, 0x30));
}

/** @param passphrase - needed where the certificates are encrypted, as they are as a rule; may be empty */
export async function readPkcs12(
  bytes: Uint8Array,
  passphrase: string | undefined,
  crypto: Crypto,
): Promise<Result<Pkcs12Content, Pkcs12Fault>> {
  const safes = safesOf(bytes);
  if (!safes.ok) return safes;
  const content: Pkcs12Content = { certificates: [], keys: [] };
  for (const safe of safes.value) {
    const opened = await open(safe, passphrase, crypto);
    if (!opened.ok) return opened;
    const added = collectSafely(opened.value, content);
    // What a wrong passphrase leaves is noise, once in 256 times with good padding.
    if (!added) return fail({ kind: safe.kind === 'data' ? 'pkcs12-malformed' : 'passphrase-wrong' });
  }
  return ok(content);
}

type Safe =
  | { kind: 'data'; der: Bytes }
  /** `container`: EncryptedPrivateKeyInfo, which has the same two parts. */
  | { kind: 'encrypted'; container: Bytes };

function safesOf(bytes: Uint8Array): Result<Safe[], Pkcs12Fault> {
  try {
    const { authSafe } = pkijs.PFX.fromBER(Uint8Array.from(bytes));
    if (authSafe.contentType !== DATA) {
      return fail({ kind: 'pkcs12-form-unsupported', what: authSafe.contentType });
    }
    const { safeContents } = pkijs.AuthenticatedSafe.fromBER(octets(authSafe.content));
    const safes: Safe[] = [];
    for (const { contentType, content } of safeContents) {
      if (contentType === DATA) safes.push({ kind: 'data', der: octets(content) });
      else if (contentType === ENCRYPTED_DATA)
        safes.push({ kind: 'encrypted', container: containerOf(content) });
      else return fail({ kind: 'pkcs12-form-unsupported', what: contentType });
    }
    return ok(safes);
  } catch {
    return fail({ kind: 'pkcs12-malformed' });
  }
}

function containerOf(content: unknown): Bytes {
  const { encryptedContentInfo } = new pkijs.EncryptedData({ schema: content });
  const container = new pkijs.PKCS8ShroudedKeyBag({
    encryptionAlgorithm: encryptedContentInfo.contentEncryptionAlgorithm,
    encryptedData: new asn1js.OctetString({ valueHex: encryptedContentInfo.getEncryptedContent() }),
  });
  return new Uint8Array(container.toSchema().toBER(false));
}

async function open(
  safe: Safe,
  passphrase: string | undefined,
  crypto: Crypto,
): Promise<Result<Bytes, Pkcs12Fault>> {
  if (safe.kind === 'data') return ok(safe.der);
  // With a passphrase of nothing what cannot be opened at all is found before anybody is asked for one.
  const plain = await decryptPkcs8(safe.container, passphrase ?? '', crypto);
  if (plain.ok) return plain;
  if (plain.failure.kind === 'passphrase-wrong' && passphrase === undefined) {
    return fail({ kind: 'passphrase-needed' });
  }
  return fail(toFault(plain.failure));
}

function toFault(fault: DecryptFault): Pkcs12Fault {
  switch (fault.kind) {
    case 'passphrase-wrong':
    case 'key-iterations':
      return fault;
    case 'key-malformed':
      return { kind: 'pkcs12-malformed' };
    case 'key-encryption-unsupported':
    case 'key-format-unsupported':
    case 'key-algorithm-unsupported':
      return { kind: 'key-encryption-unsupported', what: fault.what, command: TO_PEM };
  }
}

/** Bags within bags: RFC 7292 section 4.2.6 allows it, nobody needs more than one level. */
const DEPTH_MAX = 3;

/** Nesting is followed by recursion: what is nested without end runs out of stack, and is no file of anybody's. */
function collectSafely(der: Bytes, content: Pkcs12Content): boolean {
  try {
    return collect(der, content, 1);
  } catch {
    return false;
  }
}

/** @returns whether `der` is SafeContents */
function collect(der: Bytes, content: Pkcs12Content, depth: number): boolean {
  if (depth > DEPTH_MAX) return false;
  const { result } = asn1js.fromBER(der);
  if (!(result instanceof asn1js.Sequence)) return false;
  return result.valueBlock.value.every((bag) => {
    if (!(bag instanceof asn1js.Sequence)) return false;
    const [id, wrapper] = bag.valueBlock.value;
    if (!(id instanceof asn1js.ObjectIdentifier && wrapper instanceof asn1js.Constructed)) return false;
    const value = wrapper.valueBlock.value[0];
    const type = id.valueBlock.toString();
    switch (type) {
      case KEY_BAG:
      case SHROUDED_KEY_BAG:
        if (value === undefined) return false;
        content.keys.push({
          isShrouded: type === SHROUDED_KEY_BAG,
          der: new Uint8Array(value.toBER(false)),
        });
        return true;
      case CERTIFICATE_BAG:
        return collectCertificate(value, content);
      case SAFE_CONTENTS_BAG:
        return value !== undefined && collect(new Uint8Array(value.toBER(false)), content, depth + 1);
      default:
        return true;
    }
  });
}

function collectCertificate(bag: unknown, { certificates }: Pkcs12Content): boolean {
  if (!(bag instanceof asn1js.Sequence)) return false;
  const [id, wrapper] = bag.valueBlock.value;
  if (!(id instanceof asn1js.ObjectIdentifier && wrapper instanceof asn1js.Constructed)) return false;
  // SDSI and attribute certificates are no device's.
  if (id.valueBlock.toString() !== X509_CERTIFICATE) return true;
  const value = wrapper.valueBlock.value[0];
  if (!(value instanceof asn1js.OctetString)) return false;
  certificates.push(new Uint8Array(value.getValue()));
  return true;
}

function octets(value: unknown): Bytes {
  if (!(value instanceof asn1js.OctetString)) throw new TypeError('not an OCTET STRING');
  return new Uint8Array(value.getValue());
}
