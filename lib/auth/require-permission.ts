/**
 * The first line of every page and route handler.
 * @module
 */
import 'server-only';
import { headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { currentOperator } from './current-operator';
import {
  can,
  type Operator,
  type OperatorPermission,
  type PublicPermission,
  type Scope,
} from './permissions';
import { REQUEST_PATH_HEADER } from './request-path';

/**
 * Asks for `permission`. Nobody is sent to `/sign-in?next=…`; an operator without it sees the forbidden page (403).
 *
 * @returns the operator; for a permission that everybody holds, `undefined` when nobody is signed in
 */
export async function requirePermission(permission: OperatorPermission, scope?: Scope): Promise<Operator>;
export async function requirePermission(permission: PublicPermission): Promise<Operator | undefined>;
export async function requirePermission(
  permission: OperatorPermission | PublicPermission,
  scope?: Scope,
): Promise<Operator | undefined> {
  const operator = await currentOperator();
  if (can(operator, permission, scope)) return operator;
  if (operator !== undefined) forbidden();
  const path = (await headers()).get(REQUEST_PATH_HEADER);
  return redirect(path === null || path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`);
}
