/**
 * What a batch says of itself: one line a device in JSON Lines and in CSV, with the digest of each of its files. The digest of the JSON
 * Lines stands in the ledger, so that a bundle can be checked years later.
 * @module
 */
import { AsideBuffer, type SetAside } from '@/lib/browser/archive/set-aside';
import { type Bytes, toHex } from '@/lib/pki/bytes';
import { sha256, sha256HexOf } from '@/lib/pki/digest';
import { printCell } from '@/lib/registry/csv';
import { csvRow } from './csv-row';

export const MANIFEST_NAME = 'manifest.jsonl';
export const MANIFEST_CSV_NAME = 'manifest.csv';

export type ManifestDevice = {
  commonName: string;
  /** Hex, lower-case. */
  serialNumber: string;
  certificateId: string;
  files: readonly { name: string; content: Bytes }[];
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
  readonly #crypto: Crypto;
  readonly #lines: AsideText;
  readonly #table = new AsideText();
  readonly #digest = sha256.create();

  constructor(crypto: Crypto) {
    this.#crypto = crypto;
    this.#lines = new AsideText((bytes) => this.#digest.update(bytes));
    this.#table.write(MANIFEST_CSV_HEADER);
  }

  async add({ commonName, serialNumber, certificateId, files }: ManifestDevice): Promise<void> {
    const digests = await Promise.all(
      files.map(async ({ name, content }) => ({ name, sha256: await sha256HexOf(content, this.#crypto) })),
    );
    this.#lines.write(`${JSON.stringify({ commonName, serialNumber, certificateId, files: digests })}\n`);
    this.#table.write(manifestRows({ commonName, serialNumber, certificateId, files: digests }));
  }

  /** @returns the two files, and the digest of the JSON Lines; nothing can be added after it */
  end(): { lines: SetAside; table: SetAside; sha256: string } {
    const lines = this.#lines.end();
    return { lines, table: this.#table.end(), sha256: toHex(this.#digest.digest()) };
  }
}

/** Text is turned into bytes in pieces that are worth the call. */
const PIECE_CHARACTERS = 65_536;

class AsideText {
  readonly #utf8 = new TextEncoder();
  readonly #buffer = new AsideBuffer();
  readonly #onBytes: ((bytes: Uint8Array) => void) | undefined;
  #text = '';

  /** @param onBytes sees all bytes in their order */
  constructor(onBytes?: (bytes: Uint8Array) => void) {
    this.#onBytes = onBytes;
  }

  write(text: string): void {
    this.#text += text;
    if (this.#text.length >= PIECE_CHARACTERS) this.#encode();
  }

  end(): SetAside {
    this.#encode();
    return this.#buffer.end();
  }

  #encode(): void {
    const bytes = this.#utf8.encode(this.#text);
    this.#onBytes?.(bytes);
    this.#buffer.write(bytes);
    this.#text = '';
  }
}
