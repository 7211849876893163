/**
 * Signing in and out.
 * @module
 */
import 'server-only';
import { isAPIError } from 'better-auth/api';
import { headers } from 'next/headers';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { auth } from './auth';
import {
  countLinkOpening,
  countSignInAttempt,
  dropOldSignInAttempts,
  forgetSignInAttempts,
  type SignInAttempt,
} from './sign-in-limit';

/** Whether this attempt may go on; else the wait in whole seconds, under the field `form`. */
export async function admitSignIn(attempt: SignInAttempt): Promise<Failure | undefined> {
  await dropOldSignInAttempts(attempt.now);
  return tooMany(await countSignInAttempt(attempt));
}

/** The same for a link that needs no sign-in. */
export async function admitLinkOpening(
  clientAddress: string | undefined,
  now: Date,
): Promise<Failure | undefined> {
  await dropOldSignInAttempts(now);
  return tooMany(await countLinkOpening(clientAddress, now));
}

function tooMany(waitMs: number): Failure | undefined {
  if (waitMs === 0) return undefined;
  const seconds = Math.ceil(waitMs / 1000);
  return { kind: 'invalid-input', fields: { form: [{ code: 'too-many-attempts', params: { seconds } }] } };
}

/**
 * Starts a session and sets its cookie.
 *
 * @returns one failure for an unknown email, a wrong password and a disabled operator: strangers learn nothing from it
 */
export async function signIn(email: string, password: string): Promise<Result<undefined, Failure>> {
  const refused: Failure = { kind: 'invalid-input', fields: { form: [{ code: 'wrong-credentials' }] } };
  try {
    await auth().api.signInEmail({ body: { email, password }, headers: await headers() });
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) return fail(refused);
    throw error;
  }
  await forgetSignInAttempts(email);
  return ok(undefined);
}

/** Ends the session of this request and clears its cookie; without a session nothing happens. */
export async function signOut(): Promise<void> {
  await auth().api.signOut({ headers: await headers() });
}
