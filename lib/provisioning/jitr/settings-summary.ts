import { toHex } from '@/lib/pki/bytes';
import type { JitrSettings } from './settings';

/**
 * Settings for the audit log: of lists, which may have thousands of entries, how many there are and a number that is another as soon as
 * one entry is.
 */
export async function settingsSummary({ allowList, revoked, ...rest }: JitrSettings, crypto: Crypto) {
  return {
    ...rest,
    allowList:
      allowList.kind === 'inline'
        ? { kind: allowList.kind, ...(await listSummary(allowList.certificateIds, crypto)) }
        : allowList,
    revoked: revoked && {
      nextUpdate: revoked.nextUpdate,
      ...(await listSummary(revoked.serials, crypto)),
    },
  };
}

const byCodeUnit = (one: string, other: string): number => (one < other ? -1 : 1);

/** `sha256`: of the entries in order, a line each, so that the order they came in makes no difference. */
async function listSummary(entries: readonly string[], crypto: Crypto) {
  const text = [...new Set(entries)].toSorted(byCodeUnit).join('\n');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return { count: entries.length, sha256: toHex(new Uint8Array(digest)) };
}
