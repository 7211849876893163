/** An expected outcome, good or bad. Programmer errors are thrown, never returned. */
export type Result<Value, Failure> = { ok: true; value: Value } | { ok: false; failure: Failure };

export const ok = <Value>(value: Value): Result<Value, never> => ({ ok: true, value });
export const fail = <Failure>(failure: Failure): Result<never, Failure> => ({ ok: false, failure });

/** Marks a switch arm that the types say cannot be reached. */
export function assertNever(value: never): never {
  throw new TypeError(`unreachable variant: ${JSON.stringify(value)}`);
}
