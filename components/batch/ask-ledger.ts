import type { BatchDevice } from '@/lib/batch/batch-device';
import { postJson } from '@/lib/browser/post-json';
import { isThingName } from '@/lib/registry/thing';
import { NAMES_AT_ONCE_MAX, namesAnswer } from './batch-answers';

/** Devices whose common name the ledger has, and those of other names whose thing it has. */
export type LedgerFindings = { taken: BatchDevice[]; thingTaken: BatchDevice[] };

/**
 * Compares all devices, and the things they would get, with the ledger.
 *
 * @returns undefined where the ledger did not answer about every one
 */
export async function askLedger(
  devices: readonly BatchDevice[],
  things: ReadonlyMap<BatchDevice, string>,
  namesUrl: string,
  signal: AbortSignal,
): Promise<LedgerFindings | undefined> {
  const taken: BatchDevice[] = [];
  const thingTaken: BatchDevice[] = [];
  for (let at = 0; at < devices.length && !signal.aborted; at += NAMES_AT_ONCE_MAX) {
    const some = devices.slice(at, at + NAMES_AT_ONCE_MAX);
    const posted = await postJson(namesUrl, {
      names: some.map(({ subject }) => subject.commonName ?? ''),
      things: some.flatMap((device) => things.get(device) ?? []).filter(isThingName),
    });
    const parsed = namesAnswer.safeParse(typeof posted === 'string' ? undefined : posted.answer);
    if (!parsed.success) return undefined;
    const names = new Set(parsed.data.taken);
    const known = new Set(parsed.data.takenThings);
    for (const device of some) {
      if (names.has(device.subject.commonName ?? '')) taken.push(device);
      else if (known.has(things.get(device) ?? '')) thingTaken.push(device);
    }
  }
  return { taken, thingTaken };
}
