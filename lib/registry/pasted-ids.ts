/**
 * Certificate ids out of pasted text: one a line, separated, or as a column of a spreadsheet.
 * @module
 */
import { parseCertificateLookup } from './certificate-lookup';

/** 5000 lines with an ARN and a name each fit; more is no list of ids. */
export const PASTED_CHARACTERS_MAX = 1_000_000;

export type PastedIds = {
  /** Each once, in the order of the text. */
  ids: string[];
  /** Lines that are not empty and hold no id, and the first of them. */
  unreadCount: number;
  firstUnread: string | undefined;
};

/** What counts as an id is what the look-up takes: hex, with colons, in an ARN, or after OpenSSL's `Fingerprint=`. */
export function readPastedIds(text: string): PastedIds {
  const ids = new Set<string>();
  const unread: string[] = [];
  for (const line of text.slice(0, PASTED_CHARACTERS_MAX).split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const found = idsIn(line);
    if (found.length === 0) unread.push(line.trim());
    for (const id of found) ids.add(id);
  }
  return { ids: [...ids], unreadCount: unread.length, firstUnread: unread[0] };
}

function idsIn(line: string): string[] {
  const whole = parseCertificateLookup(line);
  if (whole !== undefined) return [whole];
  return line.split(/[\s,;"'|]+/).flatMap((cell) => parseCertificateLookup(cell) ?? []);
}
