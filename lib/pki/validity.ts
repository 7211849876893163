/**
 * When a certificate begins and ends.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';

export type Validity = { notBefore: Date; notAfter: Date };

export const VALIDITY_DAYS_MIN = 1;
/** A century: longer than any device lives, and far below the year 9999 where GeneralizedTime ends. */
export const VALIDITY_DAYS_MAX = 36_500;

/** A device's clock, or AWS's, may run a little behind the clock of the person who issues. */
const BACKDATE_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

export type ValidityFault =
  | { kind: 'validity-days'; daysMin: number; daysMax: number }
  /** Dates are ISO 8601. */
  | { kind: 'ca-expired'; notAfter: string }
  | { kind: 'ca-not-yet-valid'; notBefore: string };

/**
 * The validity of a certificate made now. It begins a few minutes ago, but never before its CA does, and never ends
 * after its CA: a chain is only as valid as each link of it (RFC 5280 §6.1.3).
 * @param days from now, a whole number within {@link VALIDITY_DAYS_MIN} and {@link VALIDITY_DAYS_MAX}
 */
export function validityFor(days: number, now: Date, ca?: Validity): Result<Validity, ValidityFault> {
  if (!Number.isInteger(days) || days < VALIDITY_DAYS_MIN || days > VALIDITY_DAYS_MAX) {
    return fail({ kind: 'validity-days', daysMin: VALIDITY_DAYS_MIN, daysMax: VALIDITY_DAYS_MAX });
  }
  if (ca && now > ca.notAfter) return fail({ kind: 'ca-expired', notAfter: ca.notAfter.toISOString() });
  if (ca && now < ca.notBefore)
    return fail({ kind: 'ca-not-yet-valid', notBefore: ca.notBefore.toISOString() });

  const notBefore = wholeSeconds(now.getTime() - BACKDATE_MS);
  const notAfter = wholeSeconds(now.getTime() + days * DAY_MS);
  return ok({
    notBefore: ca && ca.notBefore > notBefore ? ca.notBefore : notBefore,
    notAfter: ca && ca.notAfter < notAfter ? ca.notAfter : notAfter,
  });
}

/** X.509 has no fractions of a second (RFC 5280 §4.1.2.5). */
function wholeSeconds(timeMs: number): Date {
  return new Date(Math.floor(timeMs / 1000) * 1000);
}
