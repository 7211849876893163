/**
 * Slows guessing down: attempts are counted in the database, per client address, per account from an address, and per account, before
 * a password is looked at. (The auth library limits only its own HTTP routes, which this console does not serve.)
 * @module
 */
import 'server-only';
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { like, lt, sql } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { signInAttempts } from '@/lib/db/schema/auth';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

type Limit = { attemptsMax: number; windowMs: number };

/** A person who mistypes needs fewer; a program gets 7200 guesses a day at one account from one address. */
const ACCOUNT_FROM_ADDRESS: Limit = { attemptsMax: 5, windowMs: MINUTE_MS };

/**
 * From all addresses together: 24 000 guesses a day, which a password of the least length withstands. One address alone gets 300 an hour,
 * so keeping an operator out takes four addresses all the time; at five a minute for everybody, one stranger could do it.
 */
const ACCOUNT: Limit = { attemptsMax: 1000, windowMs: HOUR_MS };

/** An office behind one address signs in together in the morning; each attempt costs a hash of about 0.1 s. */
const ADDRESS: Limit = { attemptsMax: 20, windowMs: MINUTE_MS };

export type SignInAttempt = { email: string; clientAddress: string | undefined; now: Date };

/**
 * Counts an attempt. It counts before the password is checked, so that attempts made at once cannot overtake the count.
 *
 * @returns how long to wait, in ms; 0: go on
 */
export async function countSignInAttempt({ email, clientAddress, now }: SignInAttempt): Promise<number> {
  // What is stopped is not counted further on: a flood from one place costs no account its turn elsewhere.
  const network = clientAddress === undefined ? '' : networkOf(clientAddress);
  if (network !== '') {
    const waitMs = await count(`address:${network}`, ADDRESS, now);
    if (waitMs > 0) return waitMs;
  }
  const waitMs = await count(`${accountKey(email)} ${network}`, ACCOUNT_FROM_ADDRESS, now);
  return waitMs > 0 ? waitMs : count(accountKey(email), ACCOUNT, now);
}

/**
 * Counts a look at a link that needs no sign-in, by address alone: a link has no account, and its token cannot be guessed anyway.
 *
 * @returns how long to wait, in ms; 0: go on
 */
export function countLinkOpening(clientAddress: string | undefined, now: Date): Promise<number> {
  return count(`link:${clientAddress === undefined ? '' : networkOf(clientAddress)}`, ADDRESS, now);
}

/** After a success the account's counts begin anew, from wherever they came. */
export async function forgetSignInAttempts(email: string): Promise<void> {
  await database()
    .delete(signInAttempts)
    .where(like(signInAttempts.key, `${accountKey(email)}%`));
}

/** Takes away counts whose window is over, however long it was. */
export async function dropOldSignInAttempts(now: Date): Promise<void> {
  await database()
    .delete(signInAttempts)
    .where(lt(signInAttempts.windowStart, new Date(now.getTime() - HOUR_MS)));
}

async function count(key: string, { attemptsMax, windowMs }: Limit, now: Date): Promise<number> {
  const expired = sql`${signInAttempts.windowStart} <= ${new Date(now.getTime() - windowMs).toISOString()}::timestamptz`;
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
  return Math.max(1, row.windowStart.getTime() + windowMs - now.getTime());
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
