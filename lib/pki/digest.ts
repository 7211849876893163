/**
 * The one door to @noble/hashes: digests without waiting, for an editor that evaluates a template on every keystroke, and for what is
 * hashed while it arrives, which WebCrypto cannot do. Contents that are at hand as a whole are its own to hash (`sha256HexOf`).
 * @module
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, toHex } from './bytes';

/** For key identifiers (RFC 5280 §4.2.1.2) and AWS's policy names; nothing relies on it for security. */
export { sha1, sha256 };

/** 64 lower-case hex digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return toHex(sha256(bytes));
}

/**
 * The same by WebCrypto: in Chromium 4 to 5 µs a call up to some kilobytes, where @noble/hashes takes as much for a few hundred bytes.
 */
export async function sha256HexOf(bytes: Bytes, crypto: Crypto): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** Of the UTF-8 form of a text: 40 lower-case hex digits. */
export function sha1Hex(text: string): string {
  return toHex(sha1(new TextEncoder().encode(text)));
}
