/**
 * Keys that cannot be read here, by name, and the OpenSSL command that makes something that can. The commands are
 * literals: they are OpenSSL's language, not ours.
 * @module
 */

/** `what` is the format, encryption or algorithm by its own name; the command reads `old.key` and writes `new.key`. */
export type ConversionNeeded =
  /** The key is fine, its wrapping is not supported: the command re-wraps it. */
  | { kind: 'key-encryption-unsupported'; what: string; command: string }
  | { kind: 'key-format-unsupported'; what: string; command: string }
  /** No wrapping helps: AWS IoT or browsers cannot use such a key. The command makes another key. */
  | { kind: 'key-algorithm-unsupported'; what: string; command: string };

const TO_PKCS8 =
  'openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -iter 600000 -in old.key -out new.key';
const TO_PKCS8_LEGACY = TO_PKCS8.replace('-topk8', '-topk8 -provider legacy -provider default');
const NEW_KEY = 'openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes-256-cbc -out new.key';

/** Names by OID: RFC 8018 appendix A and C, RFC 7292 appendix C, RFC 7914 (scrypt), NIST's AES arc. */
const ENCRYPTIONS: ReadonlyMap<string, { what: string; isLegacy?: boolean }> = new Map([
  ['1.2.840.113549.1.5.1', { what: 'PBES1 pbeWithMD2AndDES-CBC', isLegacy: true }],
  ['1.2.840.113549.1.5.3', { what: 'PBES1 pbeWithMD5AndDES-CBC', isLegacy: true }],
  ['1.2.840.113549.1.5.4', { what: 'PBES1 pbeWithMD2AndRC2-CBC', isLegacy: true }],
  ['1.2.840.113549.1.5.6', { what: 'PBES1 pbeWithMD5AndRC2-CBC', isLegacy: true }],
  ['1.2.840.113549.1.5.10', { what: 'PBES1 pbeWithSHA1AndDES-CBC', isLegacy: true }],
  ['1.2.840.113549.1.5.11', { what: 'PBES1 pbeWithSHA1AndRC2-CBC', isLegacy: true }],
  ['1.2.840.113549.1.12.1.1', { what: 'PBE-SHA1-RC4-128', isLegacy: true }],
  ['1.2.840.113549.1.12.1.2', { what: 'PBE-SHA1-RC4-40', isLegacy: true }],
  ['1.2.840.113549.1.12.1.3', { what: 'PBE-SHA1-3DES' }],
  ['1.2.840.113549.1.12.1.4', { what: 'PBE-SHA1-2DES' }],
  ['1.2.840.113549.1.12.1.5', { what: 'PBE-SHA1-RC2-128', isLegacy: true }],
  ['1.2.840.113549.1.12.1.6', { what: 'PBE-SHA1-RC2-40', isLegacy: true }],
  ['1.3.6.1.4.1.11591.4.11', { what: 'scrypt' }],
  ['1.2.840.113549.3.7', { what: 'DES-EDE3-CBC' }],
  ['1.3.14.3.2.7', { what: 'DES-CBC', isLegacy: true }],
  ['2.16.840.1.101.3.4.1.22', { what: 'AES-192-CBC' }],
]);

export function encryptionUnsupported(oid: string): ConversionNeeded {
  const known = ENCRYPTIONS.get(oid);
  const command = known?.isLegacy ? TO_PKCS8_LEGACY : TO_PKCS8;
  return { kind: 'key-encryption-unsupported', what: known?.what ?? oid, command };
}

/** The RFC 1421 encryption of old OpenSSL; `cipher` is the word after `DEK-Info:`. */
export function legacyPemEncryption(cipher: string): ConversionNeeded {
  return { kind: 'key-encryption-unsupported', what: `DEK-Info ${cipher}`.trim(), command: TO_PKCS8 };
}

export function openSshFormat(): ConversionNeeded {
  return {
    kind: 'key-format-unsupported',
    what: 'OpenSSH',
    // ssh-keygen converts in place, hence the copy.
    command: `cp old.key new.key && ssh-keygen -p -m PKCS8 -f new.key`,
  };
}

export function pkcs12Format(): ConversionNeeded {
  return {
    kind: 'key-format-unsupported',
    what: 'PKCS#12',
    command:
      'openssl pkcs12 -in old.p12 -nocerts -aes256 -out new.key && openssl pkcs12 -in old.p12 -nokeys -out new.pem',
  };
}

export function explicitCurveParameters(): ConversionNeeded {
  return {
    kind: 'key-format-unsupported',
    what: 'explicit EC parameters',
    command: 'openssl ec -param_enc named_curve -in old.key -out new.key',
  };
}

/** Names by OID: RFC 8410 §3, RFC 5480 §2.1.1, SEC 2, RFC 5639. */
const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ['1.3.101.110', 'X25519'],
  ['1.3.101.111', 'X448'],
  ['1.3.101.112', 'Ed25519'],
  ['1.3.101.113', 'Ed448'],
  ['1.2.840.10040.4.1', 'DSA'],
  ['1.2.840.113549.1.1.10', 'RSASSA-PSS'],
  ['1.2.840.113549.1.3.1', 'Diffie-Hellman'],
  ['1.2.840.10045.3.1.1', 'P-192'],
  ['1.3.132.0.10', 'secp256k1'],
  ['1.3.132.0.33', 'P-224'],
  ['1.3.132.0.35', 'P-521'],
  ['1.3.36.3.3.2.8.1.1.7', 'brainpoolP256r1'],
  ['1.3.36.3.3.2.8.1.1.11', 'brainpoolP384r1'],
  ['1.3.36.3.3.2.8.1.1.13', 'brainpoolP512r1'],
]);

/** `oid` of the algorithm or the curve. */
export function algorithmUnsupported(oid: string): ConversionNeeded {
  return { kind: 'key-algorithm-unsupported', what: ALGORITHMS.get(oid) ?? oid, command: NEW_KEY };
}
