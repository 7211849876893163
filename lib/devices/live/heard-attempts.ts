/**
 * The attempts to connect of devices that wait, as this process has heard of them: AWS IoT tells of each, and keeps none.
 * @module
 */
import 'server-only';
import type { Attempt } from '@/lib/registry/pending';

/** As many as the pending queue reads for one page, and some hundred bytes each. Our choice. */
export const HEARD_MAX = 1_000;

export class HeardAttempts {
  /** The one that was heard of last is the last. */
  readonly #heard = new Map<string, Attempt>();

  /** @param at - the event's own time, ISO 8601; an event that AWS IoT sends twice has it twice, and counts once */
  add(certificateId: string, at: string): void {
    const known = this.#heard.get(certificateId);
    if (known?.lastAt === at) return;
    this.#heard.delete(certificateId);
    this.#heard.set(certificateId, {
      certificateId,
      count: (known?.count ?? 0) + 1,
      firstAt: known !== undefined && known.firstAt < at ? known.firstAt : at,
      lastAt: known !== undefined && known.lastAt > at ? known.lastAt : at,
    });
    if (this.#heard.size <= HEARD_MAX) return;
    for (const oldest of this.#heard.keys()) {
      this.#heard.delete(oldest);
      return;
    }
  }

  all(): Attempt[] {
    return [...this.#heard.values()];
  }
}
