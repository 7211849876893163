/**
 * The messages that a page keeps: the newest ones, bounded by number and bytes, so that a day of a busy topic costs no more than
 * an hour of it.
 * @module
 */
import type { ShownMessage } from './answers';
import { textOf } from './payload-text';

export const MESSAGES_KEPT_MAX = 10_000;
/** Of payloads, in base64. */
const CHARACTERS_KEPT_MAX = 32 * 1024 * 1024;

export type LoggedMessage = ShownMessage & {
  /** Counts up from 1. */
  number: number;
  /** Topic and text in lower case. Made once: a filter is asked of all messages several times a second. */
  words: string;
};

export class MessageLog {
  #messages: LoggedMessage[] = [];
  #characters = 0;
  #last = 0;
  #dropped = 0;

  add(messages: readonly ShownMessage[], dropped: number): void {
    for (const message of messages) {
      this.#last += 1;
      this.#characters += message.payload.length;
      this.#messages.push({ ...message, number: this.#last, words: wordsOf(message) });
    }
    this.#dropped += dropped;
    let surplus = 0;
    while (
      this.#messages.length - surplus > MESSAGES_KEPT_MAX ||
      (this.#characters > CHARACTERS_KEPT_MAX && this.#messages.length - surplus > 1)
    ) {
      this.#characters -= this.#messages[surplus]?.payload.length ?? 0;
      surplus += 1;
    }
    if (surplus > 0) this.#messages = this.#messages.slice(surplus);
  }

  clear(): void {
    this.#messages = [];
    this.#characters = 0;
    this.#dropped = 0;
  }

  /** Of the newest message that ever came; 0: none has. */
  get lastNumber(): number {
    return this.#last;
  }

  /** How many the server left out, because more came than a page can show. */
  get dropped(): number {
    return this.#dropped;
  }

  /** All that are kept, oldest first. */
  all(): readonly LoggedMessage[] {
    return this.#messages;
  }

  /**
   * The newest first, of those with `find` in topic or text.
   *
   * @param upTo - the newest to look at, by its number: what came while one has paused
   * @returns at most `limit`, and how many there are of them, as far as `limit` does not end the search
   */
  newest({ find, upTo, limit }: { find: string; upTo: number; limit: number }): {
    shown: LoggedMessage[];
    isCut: boolean;
  } {
    const wanted = find.trim().toLowerCase();
    const shown: LoggedMessage[] = [];
    for (let index = this.#messages.length - 1; index >= 0; index -= 1) {
      const message = this.#messages[index];
      if (message === undefined || message.number > upTo || !message.words.includes(wanted)) continue;
      if (shown.length === limit) return { shown, isCut: true };
      shown.push(message);
    }
    return { shown, isCut: false };
  }
}

const wordsOf = ({ topic, payload }: ShownMessage): string =>
  `${topic}\n${textOf(payload) ?? ''}`.toLowerCase();
