/**
 * Who is asking.
 * @module
 */
import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import { describeError } from '@/lib/log/describe-error';
import { auth } from './auth';
import { isRole, type Operator } from './permissions';

/** The signed-in operator, read from the database once per request, so that a changed role or a disabled account counts at once. */
export const currentOperator = cache(async (): Promise<Operator | undefined> => {
  const requestHeaders = await headers();
  if (!requestHeaders.has('cookie')) return undefined;
  const session = await readSession(requestHeaders);
  if (session === null) return undefined;
  const { id, name, email, role, disabledAt } = session.user;
  if (disabledAt || !isRole(role)) return undefined;
  return { id, name, email, role };
});

async function readSession(requestHeaders: Headers) {
  try {
    return await auth().api.getSession({ headers: requestHeaders });
  } catch (error) {
    // The framework logs what a page throws, and a failed query quotes the session token; so only its cause goes on.
    const { cause, name } = describeError(error instanceof Error ? error : new Error('unknown'));
    throw new Error(`the session could not be read: ${cause?.message ?? name}`);
  }
}
