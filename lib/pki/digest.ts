/**
 * The one door to @noble/hashes: digests without waiting. WebCrypto's are asynchronous, which costs more than the digest where a
 * batch takes several of each device, and does not fit an editor that evaluates a template on every keystroke.
 * @module
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from './bytes';

/** For key identifiers (RFC 5280 §4.2.1.2) and AWS's policy names; nothing relies on it for security. */
export { sha1, sha256 };

/** 64 lower-case hex digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return toHex(sha256(bytes));
}

/** Of the UTF-8 form of a text: 40 lower-case hex digits. */
export function sha1Hex(text: string): string {
  return toHex(sha1(new TextEncoder().encode(text)));
}
