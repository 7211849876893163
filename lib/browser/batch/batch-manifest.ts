/**
 * What a batch says of itself: one line a device in JSON Lines and in CSV, with the digest of each of its files. The digest of the JSON
 * Lines stands in the ledger, so that a bundle can be checked years later.
 * @module
 */
import { PartBuffer } from '@/lib/browser/archive/part-buffer';
import { toHex } from '@/lib/pki/bytes';
import { sha256 } from '@/lib/pki/digest';
import { printCell } from '@/lib/registry/csv';
import { csvRow } from './csv-row';

export const MANIFEST_NAME = 'manifest.jsonl';
export const MANIFEST_CSV_NAME = 'manifest.csv';

export type ManifestDevice = {
  commonName: string;
  /** Hex, lower-case. */
  serialNumber: string;
  certificateId: string;
  files: readonly { name: string; content: Uint8Array }[];
};

export const MANIFEST_CSV_HEADER = csvRow(['commonName', 'serialNumber', 'certificateId', 'file', 'sha256']);

/** The rows of one device in the CSV, each with its line feed. */
export function manifestRows({
  commonName,
  serialNumber,
  certificateId,
  files,
}: Omit<ManifestDevice, 'files'> & { files: readonly { name: string; sha256: string }[] }): string {
  // Digits need no quotes, and these are most of the cells.
  const device = `${printCell(commonName)},${serialNumber},${certificateId}`;
  return files.map(({ name, sha256: digest }) => `${device},${printCell(name)},${digest}\n`).join('');
}

export class BatchManifest {
  readonly #lines = new Gathered();
  readonly #table = new Gathered();

  constructor() {
    this.#table.write(MANIFEST_CSV_HEADER);
  }

  add({ commonName, serialNumber, certificateId, files }: ManifestDevice): void {
    const digests = digestsOf(files);
    this.#lines.write(`${JSON.stringify({ commonName, serialNumber, certificateId, files: digests })}\n`);
    this.#table.write(manifestRows({ commonName, serialNumber, certificateId, files: digests }));
  }

  /** @returns the two files in parts, and the digest of the JSON Lines; nothing can be added after it */
  end(): { lines: Uint8Array<ArrayBuffer>[]; table: Uint8Array<ArrayBuffer>[]; sha256: string } {
    const lines = this.#lines.end();
    const digest = sha256.create();
    for (const part of lines) digest.update(part);
    return { lines, table: this.#table.end(), sha256: toHex(digest.digest()) };
  }
}

/** A chain begins with the certificate that is the file before it: its digest goes on from there. */
function digestsOf(files: ManifestDevice['files']): { name: string; sha256: string }[] {
  let before: { content: Uint8Array; hash: ReturnType<typeof sha256.create> } | undefined;
  return files.map(({ name, content }) => {
    const goesOn = before !== undefined && beginsWith(content, before.content);
    const hash = before !== undefined && goesOn ? before.hash : sha256.create();
    hash.update(before !== undefined && goesOn ? content.subarray(before.content.length) : content);
    before = { content, hash };
    return { name, sha256: toHex(hash.clone().digest()) };
  });
}

function beginsWith(content: Uint8Array, start: Uint8Array): boolean {
  if (content.length < start.length) return false;
  for (let at = 0; at < start.length; at += 1) if (content[at] !== start[at]) return false;
  return true;
}

/** Text is turned into bytes in pieces that are worth the call. */
const PIECE_CHARACTERS = 65_536;

class Gathered {
  readonly #utf8 = new TextEncoder();
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
  readonly #buffer = new PartBuffer((part) => this.#parts.push(part));
  #text = '';

  write(text: string): void {
    this.#text += text;
    if (this.#text.length >= PIECE_CHARACTERS) this.#encode();
  }

  end(): Uint8Array<ArrayBuffer>[] {
    this.#encode();
    this.#buffer.flush();
    return this.#parts;
  }

  #encode(): void {
    this.#buffer.write(this.#utf8.encode(this.#text));
    this.#text = '';
  }
}
