/**
 * The passphrases of a batch whose devices have one each, as its passphrases.csv has them.
 * @module
 */
import { PASSPHRASE_CHARACTERS_MAX } from '@/lib/pki/passphrase';
import { manifestLines } from './manifest-lines';

/** As the console writes a row: the name, quoted where needed, the certificate's id, the passphrase. */
const ROW = /^(?:"(?:[^"]|"")*"|[^",]*),([0-9a-f]{64}),(?:"((?:[^"]|"")*)"|([^",]*))\r?$/;
/** A hundred thousand devices, and some. */
const PASSPHRASES_MAX = 250_000;

/** By certificate id; lines that are no row of it, its header for one, are passed over. */
export async function readPassphraseList(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<Map<string, string>> {
  const passphrases = new Map<string, string>();
  for await (const line of manifestLines(stream)) {
    const [, certificateId, quoted, plain = ''] = ROW.exec(line) ?? [];
    const passphrase = quoted?.replaceAll('""', '"') ?? plain;
    if (certificateId === undefined || passphrase === '') continue;
    if (passphrase.length > PASSPHRASE_CHARACTERS_MAX || passphrases.size >= PASSPHRASES_MAX) continue;
    passphrases.set(certificateId, passphrase);
  }
  return passphrases;
}
