import 'server-only';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

type Bounds = {
  /** Counted from the question, so that no answer is older than this when it is given. */
  keptMs: number;
  countMax: number;
  /** Milliseconds of a clock that nobody sets. */
  nowMs: () => number;
};

type Entry<Value> = {
  askedMs: number;
  answer: Promise<Result<Value, Failure>>;
  isAnswered: boolean;
};

/**
 * Answers that are good for some seconds. Who asks while another's question is on its way waits for that one. Failures are not kept.
 */
export class RecentAnswers<Value> {
  readonly #bounds: Bounds;
  /** The oldest question first. */
  readonly #entries = new Map<string, Entry<Value>>();

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** @param isKept - of a value that is not, nobody hears but those who waited for it */
  read(
    key: string,
    ask: () => Promise<Result<Value, Failure>>,
    isKept: (value: Value) => boolean,
  ): Promise<Result<Value, Failure>> {
    const { keptMs, countMax, nowMs } = this.#bounds;
    const known = this.#entries.get(key);
    if (known && (!known.isAnswered || nowMs() - known.askedMs < keptMs)) return known.answer;
    const entry: Entry<Value> = { askedMs: nowMs(), answer: ask(), isAnswered: false };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    for (const [oldest] of this.#entries) {
      if (this.#entries.size <= countMax) break;
      this.#entries.delete(oldest);
    }
    const drop = () => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    };
    void entry.answer.then((answer) => {
      entry.isAnswered = true;
      if (!(answer.ok && isKept(answer.value))) drop();
    }, drop);
    return entry.answer;
  }
}
