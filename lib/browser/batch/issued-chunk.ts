/**
 * Issued devices as compact bytes: a hundred thousand of them as objects, or as PEM, would not fit the page's memory.
 * @module
 */

/** `index` is the device's place in the batch's list. `key` is undefined where the device keeps its own. */
export type IssuedDevice = {
  index: number;
  key: Uint8Array<ArrayBuffer> | undefined;
  certificate: Uint8Array<ArrayBuffer>;
  /** Of this device alone; undefined where one serves all or none is asked for. */
  passphrase: string | undefined;
};

/** Index, and the lengths of key, certificate and passphrase. */
const HEADER_BYTES = 10;
const NONE = new Uint8Array();
const utf8 = { encoder: new TextEncoder(), decoder: new TextDecoder('utf-8', { fatal: true }) };

export function packChunk(devices: readonly IssuedDevice[]): Uint8Array<ArrayBuffer> {
  const packed = devices.map(({ index, key, certificate, passphrase }) => ({
    index,
    parts: [key ?? NONE, certificate, passphrase === undefined ? NONE : utf8.encoder.encode(passphrase)],
  }));
  const lengthOf = (parts: Uint8Array[]) => parts.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(packed.reduce((sum, { parts }) => sum + HEADER_BYTES + lengthOf(parts), 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { index, parts } of packed) {
    view.setUint32(at, index);
    parts.forEach(({ length }, part) => {
      view.setUint16(at + 4 + 2 * part, length);
    });
    at += HEADER_BYTES;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
  }
  return bytes;
}

/**
 * The devices as views of `bytes`: overwriting a key overwrites it there.
 * @param bytes as packed; throws for anything else: they come from behind an authenticated cipher
 */
export function unpackChunk(bytes: Uint8Array<ArrayBuffer>): IssuedDevice[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const devices: IssuedDevice[] = [];
  for (let at = 0; at < bytes.length; ) {
    const index = view.getUint32(at);
    const lengths = [view.getUint16(at + 4), view.getUint16(at + 6), view.getUint16(at + 8)] as const;
    at += HEADER_BYTES;
    const [key, certificate, passphrase] = lengths.map((length) => {
      const part = bytes.subarray(at, at + length);
      at += length;
      return part;
    });
    if (!(key && certificate && passphrase) || at > bytes.length)
      throw new Error('a chunk that was not packed here');
    devices.push({
      index,
      key: key.length > 0 ? key : undefined,
      certificate,
      passphrase: passphrase.length > 0 ? utf8.decoder.decode(passphrase) : undefined,
    });
  }
  return devices;
}
