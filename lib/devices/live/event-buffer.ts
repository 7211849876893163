/**
 * The last events of one unbroken time of listening, for who comes a little late.
 * @module
 */
import 'server-only';
import type { LiveBatch, LiveEvent } from '@/lib/registry/live-event';

/** Some minutes of a fleet that comes and goes; a page that was away longer reads its data anew. Our choice. */
export const EVENTS_KEPT_MAX = 2_000;

/** Where a page stands: behind a position that it was told, or with data that was read at a time. */
export type LivePosition = { after: string } | { since: Date };

type Kept = { sequence: number; receivedAtMs: number; event: LiveEvent };

export class EventBuffer {
  readonly #epoch: string;
  readonly #beganAtMs: number;
  #sequence = 0;
  #kept: Kept[] = [];
  /** The newest event that was dropped. */
  #dropped: Kept | undefined;

  /** @param epoch - is another one each time that listening begins, so that positions of another time are known as such */
  constructor(epoch: string, beganAt: Date) {
    this.#epoch = epoch;
    this.#beganAtMs = beganAt.getTime();
  }

  get position(): string {
    return `${this.#epoch}.${this.#sequence}`;
  }

  push(event: LiveEvent, receivedAt: Date): void {
    this.#sequence += 1;
    this.#kept.push({ sequence: this.#sequence, receivedAtMs: receivedAt.getTime(), event });
    // In lots, so that a full buffer is not copied for every event.
    if (this.#kept.length < EVENTS_KEPT_MAX * 1.25) return;
    const surplus = this.#kept.length - EVENTS_KEPT_MAX;
    this.#dropped = this.#kept[surplus - 1];
    this.#kept = this.#kept.slice(surplus);
  }

  /** @returns what has come since; undefined: something of it is not here any more, or never was */
  since(position: LivePosition, now: Date): LiveBatch | undefined {
    const missed = 'after' in position ? this.#after(position.after) : this.#from(position.since.getTime());
    return missed && { id: this.position, at: now.toISOString(), events: missed.map(({ event }) => event) };
  }

  #after(position: string): Kept[] | undefined {
    const [epoch, text = ''] = position.split('.');
    const sequence = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (epoch !== this.#epoch || !(sequence <= this.#sequence)) return undefined;
    if (sequence < (this.#dropped?.sequence ?? 0)) return undefined;
    return this.#kept.filter((kept) => kept.sequence > sequence);
  }

  #from(ms: number): Kept[] | undefined {
    if (ms < this.#beganAtMs || (this.#dropped !== undefined && ms <= this.#dropped.receivedAtMs))
      return undefined;
    return this.#kept.filter(({ receivedAtMs }) => receivedAtMs >= ms);
  }
}
