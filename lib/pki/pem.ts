/**
 * PEM (RFC 7468) as OpenSSL, easy-rsa and cfssl print it: several blocks, text between them, old headers inside.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import { type Bytes, fromBase64, utf8Bytes, writeBase64 } from './bytes';

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

/** All blocks of a text in their order; at least one. Whoever takes files of many devices has a bound of their own. */
export function parsePem(text: string, charactersMax = PEM_BYTES_MAX): Result<PemBlock[], PemFault> {
  if (text.length > charactersMax) {
    return fail({ kind: 'pem-too-big', characters: text.length, charactersMax });
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

/** 64 characters a line (RFC 7468 §2). */
const LINE_BYTES = 48;
const LINE_CHARACTERS = 64;
const LINE_FEED = 0x0a;

/** One block with lines of 64 characters and a line feed at the end. */
export function printPem(label: string, der: Uint8Array): string {
  return new TextDecoder().decode(pemBytes(label, der));
}

const NOTHING = new Uint8Array();

/** The same as ASCII, as files hold it. @param after follows the block, as issuers follow a certificate */
export function pemBytes(label: string, der: Uint8Array, after: Uint8Array = NOTHING): Bytes {
  const first = utf8Bytes(`-----BEGIN ${label}-----\n`);
  const last = utf8Bytes(`-----END ${label}-----\n`);
  const base64Characters = 4 * Math.ceil(der.length / 3);
  const lineFeeds = Math.ceil(base64Characters / LINE_CHARACTERS);
  const pem = new Uint8Array(first.length + base64Characters + lineFeeds + last.length + after.length);
  pem.set(first);
  let to = first.length;
  for (let from = 0; from < der.length; from += LINE_BYTES) {
    to = writeBase64(der.subarray(from, from + LINE_BYTES), pem, to);
    pem[to] = LINE_FEED;
    to += 1;
  }
  pem.set(last, to);
  pem.set(after, to + last.length);
  return pem;
}
