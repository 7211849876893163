/**
 * Keeps in the ledger what the events say of issued certificates: gathered for a moment, written in lots.
 * @module
 */
import 'server-only';
import { recordSightings, type Sighting } from '@/lib/ledger/record-seen';
import { log } from '@/lib/log/log';

const GATHERED_MS = 250;
/** One statement's worth; what comes while the database does not answer is dropped, and a sweep finds it. Our choice. */
const NOTES_MAX = 5_000;

export type SeenNote = { certificateId: string; state: string; registeredAt?: Date | undefined };

export class LedgerNotes {
  readonly #environment: string;
  #notes = new Map<string, Sighting>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(environment: string) {
    this.#environment = environment;
  }

  /** @param at - when it was so; of two notes of a certificate the newer one stands */
  add(note: SeenNote, at: Date): void {
    const known = this.#notes.get(note.certificateId);
    if (known === undefined ? this.#notes.size >= NOTES_MAX : at < known.at) return;
    this.#notes.set(note.certificateId, { registeredAt: undefined, ...note, at });
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

  async #write(notes: readonly Sighting[]): Promise<void> {
    try {
      await recordSightings(this.#environment, notes, 'event');
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      log('error', 'live.ledger-failed', { environment: this.#environment, error });
    }
  }
}
