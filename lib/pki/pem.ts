/**
 * PEM (RFC 7468) as OpenSSL, easy-rsa and cfssl print it: several blocks, text between them, old headers inside.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import { type Bytes, fromBase64, toBase64 } from './bytes';

/** A chain of ten RSA 4096 certificates with OpenSSL's text in front is under 100 KB; nothing real is larger. */
export const PEM_BYTES_MAX = 262_144;

/** `headers` are the RFC 1421 lines of old encrypted keys, for instance `Proc-Type: 4,ENCRYPTED`. */
export type PemBlock = { label: string; headers: string[]; der: Bytes };

/** `line` counts from 1 and is where the block begins. */
export type PemFault =
  | { kind: 'pem-too-big'; characters: number; charactersMax: number }
  | { kind: 'pem-missing' }
  | { kind: 'pem-truncated'; label: string; line: number }
  | { kind: 'pem-garbled'; label: string; line: number };

const BEGIN = /^-----BEGIN ([A-Z0-9][A-Z0-9 ]*)-----\s*$/;

/** All blocks of a text in their order; at least one. */
export function parsePem(text: string): Result<PemBlock[], PemFault> {
  if (text.length > PEM_BYTES_MAX) {
    return fail({ kind: 'pem-too-big', characters: text.length, charactersMax: PEM_BYTES_MAX });
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const blocks: PemBlock[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const label = BEGIN.exec(lines[index]?.trim() ?? '')?.[1];
    if (label === undefined) continue;

    const line = index + 1;
    const end = nextDashes(lines, index + 1);
    if (lines[end]?.trim() !== `-----END ${label}-----`) {
      return fail({ kind: 'pem-truncated', label, line });
    }
    const block = parseBlock(label, lines.slice(index + 1, end));
    if (!block) return fail({ kind: 'pem-garbled', label, line });
    blocks.push(block);
    index = end;
  }
  return blocks.length > 0 ? ok(blocks) : fail({ kind: 'pem-missing' });
}

/** The line of the next dashes, or one past the last line. */
function nextDashes(lines: string[], from: number): number {
  let at = from;
  while (at < lines.length && !lines[at]?.trim().startsWith('-----')) at += 1;
  return at;
}

function parseBlock(label: string, lines: string[]): PemBlock | undefined {
  const headers = lines.filter((line) => line.includes(':'));
  const body = lines
    .filter((line) => !line.includes(':'))
    .join('')
    .replace(/\s/g, '');
  const der = fromBase64(body);
  return der && der.length > 0 ? { label, headers, der } : undefined;
}

/** One block with lines of 64 characters and a line feed at the end. */
export function printPem(label: string, der: Uint8Array): string {
  const body = toBase64(der).match(/.{1,64}/g) ?? [];
  return `${[`-----BEGIN ${label}-----`, ...body, `-----END ${label}-----`].join('\n')}\n`;
}
