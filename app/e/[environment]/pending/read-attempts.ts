import 'server-only';
import type { Environment } from '@/lib/config/environments';
import { feedOf } from '@/lib/devices/live/feeds';
import type { Attempt, Attempts } from '@/lib/registry/pending';
import { sandboxControlOf } from '@/lib/sandbox-control/sandbox-control';

/** What a sandbox tells of each attempt of a device that waits. */
const ATTEMPT_CODES = ['certificate-registered', 'certificate-still-pending'] as const;

/**
 * Attempts to connect: out of what a sandbox remembers (its last two thousand events), elsewhere what this console has heard.
 *
 * @returns undefined where the sandbox did not answer
 */
export async function readAttempts(environment: Environment): Promise<Attempts | undefined> {
  const control = sandboxControlOf(environment);
  if (control === undefined) return { toldBy: 'console', seen: feedOf(environment).attempts() };
  const reads = await Promise.all(ATTEMPT_CODES.map((code) => control.live(undefined, { code })));
  const attempts = new Map<string, Attempt>();
  for (const read of reads) {
    if (!read.ok) return undefined;
    for (const { certificateId, at } of read.value.events) {
      if (certificateId === undefined) continue;
      const known = attempts.get(certificateId);
      attempts.set(certificateId, {
        certificateId,
        count: (known?.count ?? 0) + 1,
        firstAt: known !== undefined && known.firstAt < at ? known.firstAt : at,
        lastAt: known !== undefined && known.lastAt > at ? known.lastAt : at,
      });
    }
  }
  return { toldBy: 'sandbox', seen: [...attempts.values()] };
}
