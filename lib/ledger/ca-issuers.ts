/**
 * What stands above a CA: told when it is registered, and asked for whenever a bundle is made under it.
 * @module
 */
import 'server-only';
import { and, eq } from 'drizzle-orm';
import type { Operator } from '@/lib/auth/permissions';
import { database } from '@/lib/db/database';
import { caIssuers } from '@/lib/db/schema/hierarchy';

export type IssuersOfCa = {
  environment: string;
  caId: string;
  /** From the CA's own issuer upwards; verified by the caller. */
  issuerPems: readonly string[];
  operator: Pick<Operator, 'id' | 'name'>;
};

/** What was told last counts. */
export async function recordIssuers(
  { environment, caId, issuerPems, operator }: IssuersOfCa,
  now: Date,
): Promise<void> {
  const told = {
    issuerPems: [...issuerPems],
    operatorId: operator.id,
    operatorName: operator.name,
    recordedAt: now,
  };
  await database()
    .insert(caIssuers)
    .values({ environment, caId, ...told })
    .onConflictDoUpdate({ target: [caIssuers.environment, caIssuers.caId], set: told });
}

/** @returns from the CA's own issuer upwards; empty where nothing was told */
export async function issuersOf(environment: string, caId: string): Promise<string[]> {
  const [row] = await database()
    .select({ issuerPems: caIssuers.issuerPems })
    .from(caIssuers)
    .where(and(eq(caIssuers.environment, environment), eq(caIssuers.caId, caId)));
  return row?.issuerPems ?? [];
}
