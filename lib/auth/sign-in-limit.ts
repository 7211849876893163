/**
 * Slows guessing down: attempts are counted in the database, per account and per client address, before a password is looked at.
 * (The auth library limits only its own HTTP routes, which this console does not serve.)
 * @module
 */
import 'server-only';
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { eq, lt, sql } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { signInAttempts } from '@/lib/db/schema/auth';

/** A person who mistypes needs fewer; a program gets 7200 guesses a day at one account. */
const ACCOUNT_ATTEMPTS_MAX = 5;

/** An office behind one address signs in together in the morning; each attempt costs a hash of about 0.1 s. */
const ADDRESS_ATTEMPTS_MAX = 20;

const WINDOW_MS = 60_000;

export type SignInAttempt = { email: string; clientAddress: string | undefined; now: Date };

/**
 * Counts an attempt. It counts before the password is checked, so that attempts made at once cannot overtake the count.
 *
 * @returns how long to wait, in ms; 0: go on
 */
export async function countSignInAttempt({ email, clientAddress, now }: SignInAttempt): Promise<number> {
  // The address first: a flood from one place then costs one row and no account its turn.
  if (clientAddress !== undefined) {
    const waitMs = await count(`address:${networkOf(clientAddress)}`, ADDRESS_ATTEMPTS_MAX, now);
    if (waitMs > 0) return waitMs;
  }
  return count(accountKey(email), ACCOUNT_ATTEMPTS_MAX, now);
}

/** After a success the account's count begins anew. */
export async function forgetSignInAttempts(email: string): Promise<void> {
  await database()
    .delete(signInAttempts)
    .where(eq(signInAttempts.key, accountKey(email)));
}

/** Takes away counts whose window is over. */
export async function dropOldSignInAttempts(now: Date): Promise<void> {
  await database()
    .delete(signInAttempts)
    .where(lt(signInAttempts.windowStart, new Date(now.getTime() - WINDOW_MS)));
}

async function count(key: string, attemptsMax: number, now: Date): Promise<number> {
  const expired = sql`${signInAttempts.windowStart} <= ${new Date(now.getTime() - WINDOW_MS).toISOString()}::timestamptz`;
  const [row] = await database()
    .insert(signInAttempts)
    .values({ key, attempts: 1, windowStart: now })
    .onConflictDoUpdate({
      target: signInAttempts.key,
      set: {
        attempts: sql`case when ${expired} then 1 else ${signInAttempts.attempts} + 1 end`,
        windowStart: sql`case when ${expired} then excluded.window_start else ${signInAttempts.windowStart} end`,
      },
    })
    .returning();
  if (row === undefined || row.attempts <= attemptsMax) return 0;
  return Math.max(1, row.windowStart.getTime() + WINDOW_MS - now.getTime());
}

/** Hashed, because what is typed into the field for the email is sometimes a password. */
function accountKey(email: string): string {
  return `account:${createHash('sha256').update(email.toLowerCase()).digest('hex')}`;
}

/** An IPv6 customer has a /64 (RFC 6177), so one address of it says nothing. */
function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const whole = [...groups, ...Array(missing).fill('0'), ...(tail ? tail.split(':') : [])];
  return `${whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
