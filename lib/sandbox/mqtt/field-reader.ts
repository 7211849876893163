/** Reads the fields of a packet's body in order; every answer is undefined once the bytes have run out. */
export class FieldReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  get bytesLeft(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number | undefined {
    return this.bytes(1)?.[0];
  }

  bytes(count: number): Uint8Array | undefined {
    if (this.#at + count > this.#bytes.length) return undefined;
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  /** Two bytes, the higher one first. */
  uint16(): number | undefined {
    const bytes = this.bytes(2);
    return bytes && (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
  }

  lengthPrefixed(): Uint8Array | undefined {
    const length = this.uint16();
    return length === undefined ? undefined : this.bytes(length);
  }

  /** A UTF-8 string without U+0000 [MQTT-1.5.4-1, 2]. */
  text(): string | undefined {
    const bytes = this.lengthPrefixed();
    if (bytes === undefined) return undefined;
    try {
      const text = UTF_8.decode(bytes);
      return text.includes('\u0000') ? undefined : text;
    } catch {
      // Not UTF-8: the field counts as malformed, like one that is cut short.
      return undefined;
    }
  }

  /** A Variable Byte Integer of at most four bytes (MQTT 5 section 1.5.5). */
  variableByteInteger(): number | undefined {
    let value = 0;
    for (let digit = 0; digit < 4; digit += 1) {
      const byte = this.byte();
      if (byte === undefined) return undefined;
      value += (byte & 0x7f) * 128 ** digit;
      if ((byte & 0x80) === 0) return value;
    }
    return undefined;
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
