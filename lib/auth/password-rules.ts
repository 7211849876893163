/**
 * Bounds of an operator's password.
 * @module
 */

/** Above the 8 that NIST SP 800-63B sets as the floor; guessing is slowed down besides (`sign-in-limit.ts`). */
export const PASSWORD_CHARACTERS_MIN = 12;

/** NIST SP 800-63B asks that 64 be accepted; a bound keeps the cost of hashing bounded. */
export const PASSWORD_CHARACTERS_MAX = 128;
