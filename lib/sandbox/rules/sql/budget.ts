/**
 * What the SQL of one rule may cost for one message, together with the rules that it leads to by republishing. The sandbox has one
 * thread: without bounds a statement of a few lines stops it for everybody, or fills its memory. AWS names no such bounds; ordinary rules
 * stay far below these.
 * @module
 */
import { PAYLOAD_BYTES_MAX } from '@/lib/sandbox/message-bus';
import { isArray, isObject, type SqlValue } from './value';

/** The largest payload holds 65,536 items of an array; this is 75 steps for each. */
const STEPS_MAX = 5_000_000;
/** Actions send at most the largest payload; what comes in between may be eight times as large. */
const VALUE_SIZE_MAX = 8 * PAYLOAD_BYTES_MAX;
/** All values that are made: five hundred times the largest payload. */
const MADE_SIZE_MAX = 64 * VALUE_SIZE_MAX;
/** An ordinary rule takes some ten microseconds, one over the largest array a tenth of a second. */
const COMPUTING_MS_MAX = 1_000;
/**
 * Comparisons of characters that one search may come to: V8 searches a text for another in quadratic time at worst and cannot be
 * interrupted. So many take a tenth of a second; 1,500 characters may be searched for in the largest payload.
 */
const SEARCH_COMPARISONS_MAX = 200_000_000;
/** How often the clock is read: reading it costs more than a step. */
const STEPS_PER_LOOK = 16;

/** Throws a RangeError when it is spent, and for everything after that. */
export class SqlBudget {
  readonly #clock: () => number;
  readonly #sizes = new WeakMap<object, number>();
  #steps = 0;
  #madeSize = 0;
  #computedMs = 0;
  #since: number | undefined;

  /** @param clock - milliseconds that only go forward */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** Counts the time that `compute` takes. */
  during<Value>(compute: () => Value): Value {
    this.#since = this.#clock();
    try {
      return compute();
    } finally {
      this.#computedMs += this.#clock() - this.#since;
      this.#since = undefined;
    }
  }

  /** One expression is evaluated. */
  step(): void {
    this.#steps += 1;
    if (this.#steps > STEPS_MAX) throw new RangeError(`the SQL takes more than ${STEPS_MAX} steps`);
    if (this.#steps % STEPS_PER_LOOK === 0) this.remainingMs();
  }

  /** Above 0. */
  remainingMs(): number {
    const running = this.#since === undefined ? 0 : this.#clock() - this.#since;
    const remaining = COMPUTING_MS_MAX - this.#computedMs - running;
    if (remaining <= 0) throw new RangeError(`the SQL takes more than ${COMPUTING_MS_MAX} ms`);
    return remaining;
  }

  /** A value that was made anew; answers it. */
  made<Value extends SqlValue>(value: Value): Value {
    // Most values are numbers and truth values, which are as small as the step that makes them.
    if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return value;
    const size = this.sizeOf(value);
    this.allow(size);
    this.#madeSize += size;
    if (this.#madeSize > MADE_SIZE_MAX) {
      throw new RangeError(
        `the values that the SQL makes have more than ${MADE_SIZE_MAX} characters and elements together`,
      );
    }
    return value;
  }

  /** Before a value of this size is made. */
  allow(size: number): void {
    if (size > VALUE_SIZE_MAX) {
      throw new RangeError(
        `a value that the SQL makes has more than ${VALUE_SIZE_MAX} characters and elements`,
      );
    }
  }

  /** Before a text is searched for another, or for a pattern, which may be a text. */
  allowSearch(text: string, wanted: string): void {
    this.remainingMs();
    if ((text.length - wanted.length) * wanted.length > SEARCH_COMPARISONS_MAX) {
      throw new RangeError(
        `the SQL searches ${text.length} characters for ${wanted.length}, which may take more than ${SEARCH_COMPARISONS_MAX} comparisons`,
      );
    }
  }

  /** Characters and elements, those of members included; what several members share counts for each, as it does in JSON. */
  sizeOf(value: SqlValue): number {
    if (typeof value === 'string' || value instanceof Uint8Array) return 1 + value.length;
    if (!isArray(value) && !isObject(value)) return 1;
    const known = this.#sizes.get(value);
    if (known !== undefined) return known;
    let size = 1;
    if (isArray(value)) for (const item of value) size += this.sizeOf(item);
    else for (const [key, member] of Object.entries(value)) size += key.length + this.sizeOf(member);
    this.#sizes.set(value, size);
    return size;
  }
}
