import { sha256HexOf } from './digest';

const SHORT_DIGITS = 8;

/**
 * The id AWS IoT gives a certificate: SHA-256 of its DER in lower-case hex, 64 digits. Known before AWS has seen it.
 * Measured; equal to OpenSSL's SHA-256 fingerprint without colons.
 */
export function certificateId(der: Uint8Array, crypto: Crypto): Promise<string> {
  return sha256HexOf(der.slice(), crypto);
}

/** The first eight digits: what people compare and file names carry. */
export function shortCertificateId(id: string): string {
  return id.slice(0, SHORT_DIGITS);
}
