/**
 * Some go at a time, the others wait for their turn.
 * @module
 */
import 'server-only';

export class Lanes {
  readonly #waiting: (() => void)[] = [];
  readonly #waitMaxMs: number;
  #free: number;

  constructor(count: number, waitMaxMs: number) {
    this.#free = count;
    this.#waitMaxMs = waitMaxMs;
  }

  /** Resolves with what leaves the lane again, in the order of asking; with undefined when none came free in time. */
  async enter(): Promise<(() => void) | undefined> {
    if (this.#free > 0) {
      this.#free -= 1;
    } else if (!(await this.#turn())) {
      return undefined;
    }
    let isIn = true;
    return () => {
      if (isIn) this.#leave();
      isIn = false;
    };
  }

  #turn(): Promise<boolean> {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1);
        resolve(false);
      }, this.#waitMaxMs);
      this.#waiting.push(go);
    });
  }

  /** The lane is handed over, so that nobody who comes now overtakes those who wait. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
