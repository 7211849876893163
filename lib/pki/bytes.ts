/** Bytes over a buffer of their own, as WebCrypto asks for. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const HEX_DIGITS = encoder.encode('0123456789abcdef');
const BASE64_DIGITS = encoder.encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PADDING = 0x3d;

/**
 * A text as UTF-8. Short ASCII, which names are, is put down here: a call of the browser's encoder costs ten times as much, and a batch
 * would make a dozen of them for each device.
 */
export function utf8Bytes(text: string): Bytes {
  if (text.length > 256) return encoder.encode(text);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) return encoder.encode(text);
    bytes[at] = code;
  }
  return bytes;
}

/** ECMAScript 2026; Node 20 and browsers before 2025 have none. */
type WithCodecs = Uint8Array & { toHex(): string; toBase64(): string };

function hasCodecs(bytes: Uint8Array): bytes is WithCodecs {
  return 'toHex' in bytes && 'toBase64' in bytes;
}

/** Lower-case hex, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  if (hasCodecs(bytes)) return bytes.toHex();
  if (bytes.length > 256) return toHex(bytes.subarray(0, 256)) + toHex(bytes.subarray(256));
  const codes = new Array<number>(2 * bytes.length);
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    codes[2 * at] = HEX_DIGITS[byte >> 4] ?? 0;
    codes[2 * at + 1] = HEX_DIGITS[byte & 15] ?? 0;
  }
  return String.fromCharCode(...codes);
}

/** @param hex an even number of hex digits */
export function fromHex(hex: string): Bytes {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

export function toBase64(bytes: Uint8Array): string {
  if (hasCodecs(bytes)) return bytes.toBase64();
  const base64 = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  writeBase64(bytes, base64, 0);
  return decoder.decode(base64);
}

/**
 * Base64 (RFC 4648 §4) as ASCII into `target` from `at` on.
 * @returns where it ends
 */
export function writeBase64(bytes: Uint8Array, target: Uint8Array, at: number): number {
  const rest = bytes.length % 3;
  let to = at;
  for (let from = 0; from < bytes.length - rest; from += 3) {
    const group = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    target[to] = digit(group >> 18);
    target[to + 1] = digit(group >> 12);
    target[to + 2] = digit(group >> 6);
    target[to + 3] = digit(group);
    to += 4;
  }
  if (rest === 0) return to;
  const [first = 0, second = 0] = bytes.subarray(bytes.length - rest);
  target[to] = digit(first >> 2);
  target[to + 1] = digit((first << 4) | (second >> 4));
  target[to + 2] = rest === 1 ? PADDING : digit(second << 2);
  target[to + 3] = PADDING;
  return to + 4;
}

function digit(bits: number): number {
  return BASE64_DIGITS[bits & 63] ?? 0;
}

/** The bytes of base64 without white space, or undefined where it is not base64 (RFC 4648 §4, padding required). */
export function fromBase64(text: string): Bytes | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  // A loop: `Uint8Array.from` with a function takes thirty times as long.
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = characters.charCodeAt(at);
  return bytes;
}

export function joinBytes(parts: readonly Uint8Array[]): Bytes {
  let length = 0;
  for (const part of parts) length += part.length;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
