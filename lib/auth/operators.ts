/**
 * The operators: who may sign in, and as what. Whatever is changed here, one security admin who can sign in is left.
 * @module
 */
import 'server-only';
import { randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import { database, type Transaction } from '@/lib/db/database';
import { accounts, operators, sessions } from '@/lib/db/schema/auth';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { consumeLink, replaceSetPasswordLink } from './one-time-links';
import type { Role } from './permissions';

/** Any number: who holds this advisory lock changes operators, so that two admins cannot disable each other at once. */
const OPERATORS_LOCK = 725_017_002;

export type OperatorRecord = {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** `invited`: the set-password link was not used yet. */
  state: 'active' | 'invited' | 'disabled';
  createdAt: Date;
};

/** All operators by name. A console has tens of them, so there are no pages. */
export async function listOperators(): Promise<OperatorRecord[]> {
  const rows = await database()
    .select({ operator: operators, accountId: accounts.id })
    .from(operators)
    .leftJoin(accounts, eq(accounts.userId, operators.id))
    .orderBy(asc(operators.name), asc(operators.id));
  return rows.map(({ operator, accountId }) => toRecord(operator, accountId !== null));
}

/** Whether anybody can sign in at all. */
export async function hasOperators(): Promise<boolean> {
  return (await database().select({ id: operators.id }).from(operators).limit(1)).length > 0;
}

export async function findOperator(id: string): Promise<OperatorRecord | undefined> {
  return (await listOperators()).find((operator) => operator.id === id);
}

/** Makes an operator who sets his password by the link with this token. */
export async function createOperator(
  { name, email, role }: { name: string; email: string; role: Role },
  now: Date,
): Promise<Result<{ id: string; token: string }, Failure>> {
  const id = randomUUID();
  return database().transaction(async (tx) => {
    const made = await tx
      .insert(operators)
      .values({ id, name, email: email.toLowerCase(), role })
      .onConflictDoNothing()
      .returning({ id: operators.id });
    if (made.length === 0) {
      return fail<Failure>({ kind: 'invalid-input', fields: { email: [{ code: 'email-taken' }] } });
    }
    return ok({ id, token: await replaceSetPasswordLink(tx, id, now) });
  });
}

/** Makes a new set-password link. The old password goes on working until the link is used. */
export async function resetPassword(id: string, now: Date): Promise<Result<{ token: string }, Failure>> {
  return database().transaction(async (tx) => {
    const [operator] = await tx.select().from(operators).where(eq(operators.id, id));
    if (operator === undefined) return notFound(id);
    return ok({ token: await replaceSetPasswordLink(tx, id, now) });
  });
}

export async function changeRole(id: string, role: Role): Promise<Result<undefined, Failure>> {
  return change(id, role !== 'security-admin', (tx) =>
    tx.update(operators).set({ role, updatedAt: new Date() }).where(eq(operators.id, id)),
  );
}

/** Ends the operator's sessions at once. */
export async function disableOperator(id: string, now: Date): Promise<Result<undefined, Failure>> {
  return change(id, true, async (tx) => {
    await tx.update(operators).set({ disabledAt: now, updatedAt: now }).where(eq(operators.id, id));
    await tx.delete(sessions).where(eq(sessions.userId, id));
  });
}

export async function enableOperator(id: string): Promise<Result<undefined, Failure>> {
  return change(id, false, (tx) =>
    tx.update(operators).set({ disabledAt: null, updatedAt: new Date() }).where(eq(operators.id, id)),
  );
}

/** Uses the launcher's setup link: makes the first security admin. */
export async function completeSetup(
  { token, name, email, password }: { token: string; name: string; email: string; password: string },
  now: Date,
): Promise<Result<undefined, Failure>> {
  const hash = await hashPassword(password);
  return database().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${OPERATORS_LOCK})`);
    const link = await consumeLink(tx, { token, purpose: 'setup', now });
    if (link === undefined || (await tx.$count(operators)) > 0) return linkIsDead();
    const id = randomUUID();
    await tx.insert(operators).values({ id, name, email: email.toLowerCase(), role: 'security-admin' });
    await storePassword(tx, id, hash);
    return ok(undefined);
  });
}

/** Uses a set-password link. Sessions under the old password end. @returns whose password it was */
export async function setPassword(
  { token, password }: { token: string; password: string },
  now: Date,
): Promise<Result<{ email: string }, Failure>> {
  const hash = await hashPassword(password);
  return database().transaction(async (tx) => {
    const link = await consumeLink(tx, { token, purpose: 'set-password', now });
    if (link?.operatorId === undefined) return linkIsDead();
    const { operatorId } = link;
    const [operator] = await tx.select().from(operators).where(eq(operators.id, operatorId));
    if (operator === undefined || operator.disabledAt !== null) return linkIsDead();
    await storePassword(tx, operatorId, hash);
    await tx.delete(sessions).where(eq(sessions.userId, operatorId));
    return ok({ email: operator.email });
  });
}

/** One change of one operator, refused when it would leave no security admin who can sign in. */
async function change(
  id: string,
  takesAdminAway: boolean,
  apply: (tx: Transaction) => Promise<unknown>,
): Promise<Result<undefined, Failure>> {
  return database().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${OPERATORS_LOCK})`);
    const [operator] = await tx.select({ id: operators.id }).from(operators).where(eq(operators.id, id));
    if (operator === undefined) return notFound(id);
    if (takesAdminAway && (await otherAdmins(tx, id)) === 0) {
      return fail<Failure>({ kind: 'conflict', reason: 'last-security-admin' });
    }
    await apply(tx);
    return ok(undefined);
  });
}

/** Security admins besides `id` who are enabled and have a password. */
async function otherAdmins(tx: Transaction, id: string): Promise<number> {
  const rows = await tx
    .select({ id: operators.id })
    .from(operators)
    .innerJoin(accounts, eq(accounts.userId, operators.id))
    .where(and(ne(operators.id, id), eq(operators.role, 'security-admin'), isNull(operators.disabledAt)));
  return rows.length;
}

async function storePassword(tx: Transaction, operatorId: string, hash: string): Promise<void> {
  await tx
    .insert(accounts)
    .values({
      id: randomUUID(),
      accountId: operatorId,
      providerId: 'credential',
      userId: operatorId,
      password: hash,
    })
    .onConflictDoUpdate({
      target: [accounts.providerId, accounts.accountId],
      set: { password: hash, updatedAt: new Date() },
    });
}

function toRecord(
  { id, name, email, role, disabledAt, createdAt }: typeof operators.$inferSelect,
  hasPassword: boolean,
): OperatorRecord {
  const state = disabledAt !== null ? 'disabled' : hasPassword ? 'active' : 'invited';
  return { id, name, email, role, state, createdAt };
}

const notFound = (id: string) => fail<Failure>({ kind: 'not-found', resource: 'operator', id });
const linkIsDead = () =>
  fail<Failure>({ kind: 'invalid-input', fields: { form: [{ code: 'link-invalid' }] } });
