import { toHex } from './bytes';

const SHORT_DIGITS = 8;

/**
 * The id AWS IoT gives a certificate: SHA-256 of its DER in lower-case hex, 64 digits. Known before AWS has seen it.
 * Measured; equal to OpenSSL's SHA-256 fingerprint without colons.
 */
export async function certificateId(der: Uint8Array, crypto: Crypto): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(der))));
}

/** The first eight digits: what people compare and file names carry. */
export function shortCertificateId(id: string): string {
  return id.slice(0, SHORT_DIGITS);
}
