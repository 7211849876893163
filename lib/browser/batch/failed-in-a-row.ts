/**
 * Three times what is on its way at once. Subjects and requests are checked before the first key, so a device fails by accident, and
 * accidents are not in a row: so many of them have one cause, which the next hundred thousand devices would have too.
 */
export const FAILED_IN_A_ROW_MAX = 24;

/** Tells the failure of some devices, which is counted, from one that hits all alike, which ends the run. */
export class FailedInARow {
  #count = 0;
  #cause = '';

  succeeded(): void {
    this.#count = 0;
  }

  failed(cause: string): void {
    this.#count += 1;
    this.#cause = cause;
  }

  /** Of the last one; undefined while devices are issued in between. */
  get cause(): string | undefined {
    return this.#count >= FAILED_IN_A_ROW_MAX ? this.#cause : undefined;
  }
}
