/**
 * What becomes of a certificate after its device's first contact. AWS IoT tells of the contact and of no activation, so the
 * certificate is looked at: soon, then ever more rarely, one certificate at a time, and not for ever.
 * @module
 */
import 'server-only';

/** After the contact: provisioning takes seconds (AWS IoT Atlas, "Device Bootstrap"), a rule's function or a person longer. Our choice. */
const LOOKS_AFTER_MS = [
  1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000,
] as const;
/** A whole batch at its first power-up; what comes on top shows at its next connect. Our choice. */
const FOLLOWED_MAX = 2_000;
/** A certificate that is pending for so long is told about at each look: its cause may be known by now. */
const TELLS_FROM_MS = 8_000;

const PENDING = 'PENDING_ACTIVATION';

export type FollowerOptions = {
  /** AWS's status; undefined when it was not to be had. */
  look(certificateId: string): Promise<string | undefined>;
  /** Hears of a status that is not pending, and of one that still is. */
  tell(certificateId: string, status: string): void;
};

type Followed = { contactAtMs: number; looks: number };

export class CertificateFollower {
  readonly #options: FollowerOptions;
  readonly #followed = new Map<string, Followed>();
  #timer: NodeJS.Timeout | undefined;
  #looksUnderWay = 0;

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  /** Begins, or begins anew. */
  follow(certificateId: string): void {
    if (this.#followed.size >= FOLLOWED_MAX && !this.#followed.has(certificateId)) return;
    this.#followed.set(certificateId, { contactAtMs: Date.now(), looks: 0 });
    this.#plan();
  }

  followUnlessFollowed(certificateId: string): void {
    if (!this.#followed.has(certificateId)) this.follow(certificateId);
  }

  stop(): void {
    this.#followed.clear();
    clearTimeout(this.#timer);
  }

  #plan(): void {
    if (this.#looksUnderWay > 0) return;
    clearTimeout(this.#timer);
    const next = this.#next();
    if (next === undefined) return;
    this.#timer = setTimeout(
      () => void this.#look(next.certificateId),
      Math.max(0, next.dueAtMs - Date.now()),
    );
  }

  #next(): { certificateId: string; dueAtMs: number } | undefined {
    let first: { certificateId: string; dueAtMs: number } | undefined;
    for (const [certificateId, { contactAtMs, looks }] of this.#followed) {
      const dueAtMs = contactAtMs + (LOOKS_AFTER_MS[looks] ?? 0);
      if (first === undefined || dueAtMs < first.dueAtMs) first = { certificateId, dueAtMs };
    }
    return first;
  }

  async #look(certificateId: string): Promise<void> {
    const followed = this.#followed.get(certificateId);
    if (followed === undefined) return;
    const afterMs = LOOKS_AFTER_MS[followed.looks] ?? 0;
    followed.looks += 1;
    this.#looksUnderWay += 1;
    const status = await this.#options.look(certificateId);
    this.#looksUnderWay -= 1;
    if (this.#followed.has(certificateId)) {
      if (status !== undefined && (status !== PENDING || afterMs >= TELLS_FROM_MS)) {
        this.#options.tell(certificateId, status);
      }
      const isOver = status !== undefined && status !== PENDING;
      // Another contact meanwhile has begun anew.
      const isCurrent = this.#followed.get(certificateId) === followed;
      if (isOver || (isCurrent && followed.looks >= LOOKS_AFTER_MS.length))
        this.#followed.delete(certificateId);
    }
    this.#plan();
  }
}
