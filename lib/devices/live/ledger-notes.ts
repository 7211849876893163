/**
 * Keeps in the ledger what the events say of issued certificates: gathered for a moment, written in lots.
 * @module
 */
import 'server-only';
import { recordAllSeen } from '@/lib/ledger/record-seen';
import { log } from '@/lib/log/log';

const GATHERED_MS = 250;
/** One statement's worth; what comes while the database does not answer is dropped, and a sweep finds it. Our choice. */
const NOTES_MAX = 5_000;

export type SeenNote = { certificateId: string; state: string; registeredAt?: Date | undefined };

export class LedgerNotes {
  readonly #environment: string;
  #notes = new Map<string, SeenNote & { at: Date }>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(environment: string) {
    this.#environment = environment;
  }

  add(note: SeenNote, at: Date): void {
    if (this.#notes.size >= NOTES_MAX && !this.#notes.has(note.certificateId)) return;
    this.#notes.set(note.certificateId, { ...note, at });
    this.#timer ??= setTimeout(() => void this.flush(), GATHERED_MS);
  }

  /** Resolves when everything is written, or has failed and was logged. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const notes = [...this.#notes.values()];
    this.#notes = new Map();
    this.#writing = this.#writing.then(() => this.#write(notes));
    return this.#writing;
  }

  async #write(notes: readonly (SeenNote & { at: Date })[]): Promise<void> {
    // A lot has one time. Pending is where a certificate begins, so that it gives way to what anybody else has seen in that moment.
    const pending = notes.filter(({ state }) => state === 'PENDING_ACTIVATION');
    const others = notes.filter(({ state }) => state !== 'PENDING_ACTIVATION');
    try {
      await this.#record(pending, Math.min);
      await this.#record(others, Math.max);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      log('error', 'live.ledger-failed', { environment: this.#environment, error });
    }
  }

  async #record(notes: readonly (SeenNote & { at: Date })[], choose: (...ms: number[]) => number) {
    if (notes.length === 0) return;
    const at = new Date(choose(...notes.map((note) => note.at.getTime())));
    const seen = notes.map(({ certificateId, state, registeredAt }) => ({
      certificateId,
      state,
      registeredAt,
    }));
    await recordAllSeen(this.#environment, seen, { at, source: 'event' });
  }
}
