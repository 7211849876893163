/**
 * Just enough DER (ITU-T X.690) to read what `node:crypto` of Node 20 does not tell about a certificate it has parsed.
 * @module
 */

/** `raw` is tag, length and content together. */
export type DerElement = { tag: number; content: Uint8Array; raw: Uint8Array };

/** The elements that follow each other in `bytes`; undefined when they are not well-formed. */
export function derElements(bytes: Uint8Array): DerElement[] | undefined {
  const elements: DerElement[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const start = offset;
    const tag = bytes[offset] ?? 0;
    const first = bytes[offset + 1];
    if (first === undefined) return undefined;
    let length = first;
    offset += 2;
    if (first & 0x80) {
      const octets = first & 0x7f;
      // Four octets of length cover every body that the sandbox accepts; zero would be BER's indefinite form.
      if (octets === 0 || octets > 4 || offset + octets > bytes.length) return undefined;
      length = bytes.subarray(offset, offset + octets).reduce((sum, octet) => sum * 256 + octet, 0);
      offset += octets;
    }
    if (offset + length > bytes.length) return undefined;
    const content = bytes.subarray(offset, offset + length);
    offset += length;
    elements.push({ tag, content, raw: bytes.subarray(start, offset) });
  }
  return elements;
}

/** An object identifier's content in dotted decimal. */
export function oidText(content: Uint8Array): string {
  const arcs: number[] = [];
  let value = 0;
  for (const octet of content) {
    value = value * 128 + (octet & 0x7f);
    if (octet & 0x80) continue;
    arcs.push(value);
    value = 0;
  }
  const [first = 0, ...rest] = arcs;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...rest].join('.');
}
