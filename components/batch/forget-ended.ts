/**
 * What this browser keeps of batches that are over: a page that went away before it could forget them, or another operator who gave
 * them up, leaves device keys here.
 * @module
 */
import type { PkiClient } from '@/lib/browser/pki-client';
import { orStopped } from '@/lib/browser/worker-stopped';
import { KEPT_AT_ONCE_MAX } from './batch-answers';

type ForgetPorts = {
  pki: Pick<PkiClient, 'call'>;
  /** Those of these batches that were delivered or given up; undefined where the server does not say. */
  askEnded(batches: readonly string[]): Promise<readonly string[] | undefined>;
};

/** @returns those that are over and could not be forgotten; what the server says nothing of is kept */
export async function forgetEnded({ pki, askEnded }: ForgetPorts): Promise<string[]> {
  const kept = await orStopped(pki.call('keptBatches', null));
  const left: string[] = [];
  for (let at = 0; kept.ok && at < kept.value.length; at += KEPT_AT_ONCE_MAX) {
    const asked = kept.value.slice(at, at + KEPT_AT_ONCE_MAX);
    const ended = new Set(await askEnded(asked));
    for (const batch of asked.filter((each) => ended.has(each))) {
      const forgotten = await orStopped(pki.call('forgetBatch', { batch }));
      if (!forgotten.ok) left.push(batch);
    }
  }
  return left;
}
