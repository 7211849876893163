/**
 * A ZIP of any size, in parts that can be written while it grows. Stored and not deflated: keys and certificates hardly compress, and
 * no library streams at the rate of issuing.
 * @module
 */
import { utf8Bytes } from '@/lib/pki/bytes';
import { crc32 } from './crc32';
import { type ArchivePart, PartBuffer } from './part-buffer';
import { AsideBuffer, type SetAside } from './set-aside';
import { dosTime, EntryHeaders, endRecords, UINT16_MAX, UINT32_MAX } from './zip-records';

export type ZipEntry = {
  /** With `/` between folders; the caller sees to it that it is relative and stands once. */
  name: string;
  content: Uint8Array | SetAside;
  /** Private keys are unpacked as 0600, everything else as 0644. */
  isSecret?: boolean | undefined;
};

export class ZipWriter {
  readonly #body: PartBuffer;
  readonly #directory = new AsideBuffer();
  readonly #headers = new EntryHeaders();
  readonly #time: number;
  #entries = 0;

  /**
   * @param emit gets the archive part by part; a part is the taker's
   * @param modified of all entries
   */
  constructor(emit: (part: ArchivePart) => void, modified: Date) {
    this.#body = new PartBuffer(emit);
    this.#time = dosTime(modified);
  }

  add({ name, content, isSecret = false }: ZipEntry): void {
    const isWhole = content instanceof Uint8Array;
    const facts = {
      name: utf8Bytes(name),
      bytes: isWhole ? content.length : content.bytes,
      crc: isWhole ? crc32(content) : content.crc,
      time: this.#time,
      offset: this.#body.bytes,
      mode: isSecret ? 0o100600 : 0o100644,
    };
    if (facts.name.length > UINT16_MAX || facts.bytes >= UINT32_MAX)
      throw new Error('an entry too big for a ZIP');
    this.#body.write(this.#headers.local(facts));
    if (isWhole) this.#body.write(content);
    else for (const part of content.parts) this.#body.pass(part);
    this.#directory.write(this.#headers.central(facts));
    this.#entries += 1;
  }

  /** Gives back a part that is written. */
  recycle(part: ArchivePart): void {
    this.#body.recycle(part);
  }

  /** The directory of the archive; nothing can be added after it. */
  end(): void {
    const { bytes: offset } = this.#body;
    const { bytes, parts } = this.#directory.end();
    for (const part of parts) this.#body.pass(part);
    const directory = { entries: this.#entries, offset, bytes };
    for (const record of endRecords(directory)) this.#body.write(record);
    this.#body.flush();
  }
}
