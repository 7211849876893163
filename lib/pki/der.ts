/**
 * Just enough DER (X.690 §8, §10) to tell one structure from another without building a tree: no recursion, so
 * hostile nesting costs nothing.
 * @module
 */
import type { Bytes } from './bytes';

export const DER_TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  sequence: 0x30,
  context0: 0xa0,
} as const;

/** `bytes` is the whole element with its header, `content` what the header announces. */
export type DerElement = { tag: number; content: Bytes; bytes: Bytes };

/** The elements that lie side by side in `bytes`, or undefined where they are not whole, definite and low-tagged. */
export function readElements(bytes: Uint8Array): DerElement[] | undefined {
  const elements: DerElement[] = [];
  for (let at = 0; at < bytes.length; ) {
    const header = readHeader(bytes, at);
    if (!header) return undefined;
    const end = header.contentAt + header.length;
    if (end > bytes.length) return undefined;
    elements.push({
      tag: header.tag,
      content: bytes.slice(header.contentAt, end),
      bytes: bytes.slice(at, end),
    });
    at = end;
  }
  return elements;
}

/** What lies in the one SEQUENCE that `bytes` are; undefined for anything else, trailing bytes included. */
export function readSequence(bytes: Uint8Array): DerElement[] | undefined {
  const elements = readElements(bytes);
  const [only] = elements ?? [];
  return elements?.length === 1 && only?.tag === DER_TAG.sequence ? readElements(only.content) : undefined;
}

/** One SEQUENCE that fills the bytes exactly: trailing bytes would change a fingerprint. */
export function isOneSequence(bytes: Uint8Array): boolean {
  const header = readHeader(bytes, 0);
  return header?.tag === DER_TAG.sequence && header.contentAt + header.length === bytes.length;
}

/**
 * The header of the element at `at`, for who reads one place of many structures and wants no copies of the others; undefined as for
 * `readElements`. Whether the content is all there is not looked at.
 */
export function readHeader(
  bytes: Uint8Array,
  at: number,
): { tag: number; length: number; contentAt: number } | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return undefined;
  if (first < 0x80) return { tag, length: first, contentAt: at + 2 };

  const lengthOctets = first & 0x7f;
  // 0 is the indefinite form, which DER forbids; four octets are far above every bound here.
  if (lengthOctets === 0 || lengthOctets > 4 || at + 2 + lengthOctets > bytes.length) return undefined;
  let length = 0;
  for (let octet = at + 2; octet < at + 2 + lengthOctets; octet += 1)
    length = length * 256 + (bytes[octet] ?? 0);
  return { tag, length, contentAt: at + 2 + lengthOctets };
}

/** The dotted form of an OBJECT IDENTIFIER's content (X.690 §8.19). */
export function objectIdentifier(content: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of content) {
    arc = arc * 128 + (octet & 0x7f);
    if (octet < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [head = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(head / 40));
  return [root, head - root * 40, ...rest].join('.');
}

/** One element of DER. */
export function encodeElement(tag: number, ...contents: Uint8Array[]): Bytes {
  let length = 0;
  for (const content of contents) length += content.length;
  const bytes = new Uint8Array(elementBytes(length));
  let at = writeHeader(bytes, 0, tag, length);
  for (const content of contents) {
    bytes.set(content, at);
    at += content.length;
  }
  return bytes;
}

/** Of an element whose content has this many bytes, its header included. */
export function elementBytes(length: number): number {
  return headerBytes(length) + length;
}

function headerBytes(length: number): number {
  let octets = 0;
  if (length >= 0x80) for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets += 1;
  return 2 + octets;
}

/**
 * The header alone, for who writes an element right into the one around it.
 * @param length of the content, in bytes
 * @returns where the content begins
 */
export function writeHeader(target: Uint8Array, at: number, tag: number, length: number): number {
  const contentAt = at + headerBytes(length);
  target[at] = tag;
  target[at + 1] = contentAt === at + 2 ? length : 0x80 | (contentAt - at - 2);
  for (let to = contentAt - 1, rest = length; to > at + 1; to -= 1, rest = Math.floor(rest / 256)) {
    target[to] = rest % 256;
  }
  return contentAt;
}

/** An OBJECT IDENTIFIER from its dotted form (X.690 §8.19). */
export function encodeObjectIdentifier(dotted: string): Bytes {
  const [root = 0, second = 0, ...arcs] = dotted.split('.').map(Number);
  const octets = [root * 40 + second, ...arcs].flatMap((arc) => {
    const base128 = [arc % 128];
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128))
      base128.unshift((rest % 128) | 0x80);
    return base128;
  });
  return encodeElement(DER_TAG.objectIdentifier, Uint8Array.from(octets));
}

/** A positive INTEGER (X.690 §8.3). */
export function encodeUnsigned(value: number): Bytes {
  const octets: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  if (octets.length === 0 || (octets[0] ?? 0) >= 0x80) octets.unshift(0);
  return encodeElement(DER_TAG.integer, Uint8Array.from(octets));
}
