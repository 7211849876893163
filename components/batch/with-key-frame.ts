import type { BatchSettings } from '@/lib/batch/batch-settings';
import { openKeyFrame } from '@/lib/browser/key-frame';
import type { PkiClient } from '@/lib/browser/pki-client';
import { orStopped } from '@/lib/browser/worker-stopped';

/** Has a second process make RSA keys while `work` runs. Others are made too fast for it to help. */
export async function withKeyFrame<Value>(
  { keyOrigin, algorithm }: Pick<BatchSettings, 'keyOrigin' | 'algorithm'>,
  pki: Pick<PkiClient, 'call'>,
  work: () => Promise<Value>,
): Promise<Value> {
  const isWorthIt = keyOrigin === 'console' && algorithm.startsWith('RSA');
  const frame = isWorthIt ? openKeyFrame(document, navigator.hardwareConcurrency) : undefined;
  if (frame === undefined) return work();
  try {
    // A worker that has stopped says so to the work itself.
    await orStopped(pki.call('useKeyFrame', { port: frame.port }));
    return await work();
  } finally {
    frame.close();
  }
}
