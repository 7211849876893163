/**
 * Sweeps on record: at most one runs per environment, and of several processes the one that holds its lease works on it.
 * @module
 */
import 'server-only';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { database, type Transaction } from '@/lib/db/database';
import { sweepRuns } from '@/lib/db/schema/sweeps';
import { firstProgress, readProgress, type SweepProgress, type SweepScope } from './sweep-progress';

/**
 * Longer than a worker is silent: one call to AWS (20 s) and the wait for its turn (10 s), after at most ten seconds of other calls; or its
 * longest waits (40 s) without any, after which it renews the lease.
 */
export const LEASE_MS = 45_000;

export type SweepRun = Omit<typeof sweepRuns.$inferSelect, 'progress'> & { progress: SweepProgress };

/** Who works on a run: the process, and until when nobody else may. */
export type Lease = { environment: string; id: string; holder: string };

/** As {@link readProgress} takes it. */
const scopeOf = sql<string>`coalesce(${sweepRuns.progress} ->> 'scope', 'registered-cas')`;

/** @returns undefined when one is running already */
export async function beginSweep(
  begun: {
    environment: string;
    id: string;
    holder: string;
    scope: SweepScope;
    startedBy: { id: string; name: string } | undefined;
  },
  now: Date,
): Promise<SweepRun | undefined> {
  const { environment, id, holder, scope, startedBy } = begun;
  const [row] = await database()
    .insert(sweepRuns)
    .values({
      environment,
      id,
      state: 'running',
      startedById: startedBy?.id,
      startedByName: startedBy?.name,
      startedAt: now,
      leaseHolder: holder,
      leaseUntil: leaseFrom(now),
      progress: firstProgress(scope),
    })
    .onConflictDoNothing()
    .returning();
  return row && toRun(row);
}

/**
 * Takes over a run that nobody works on any more.
 *
 * @param isAlone - no other process can be at work on this database, so a lease that has not ended yet is a dead one's
 */
export async function takeOverSweep(
  environment: string,
  holder: string,
  { now, isAlone = false }: { now: Date; isAlone?: boolean },
): Promise<SweepRun | undefined> {
  const [row] = await database()
    .update(sweepRuns)
    .set({ leaseHolder: holder, leaseUntil: leaseFrom(now) })
    .where(
      and(
        eq(sweepRuns.environment, environment),
        eq(sweepRuns.state, 'running'),
        isAlone ? undefined : lt(sweepRuns.leaseUntil, now),
      ),
    )
    .returning();
  return row && toRun(row);
}

/**
 * Newest first.
 *
 * @param scope - undefined: of both
 */
export async function lastSweeps(
  environment: string,
  limit: number,
  scope?: SweepScope,
): Promise<SweepRun[]> {
  const rows = await database()
    .select()
    .from(sweepRuns)
    .where(and(eq(sweepRuns.environment, environment), scope === undefined ? undefined : eq(scopeOf, scope)))
    .orderBy(desc(sweepRuns.startedAt))
    .limit(limit);
  return rows.map(toRun);
}

/** @returns the run as it was cancelled; undefined when it does not run */
export async function cancelSweep(environment: string, id: string, now: Date): Promise<SweepRun | undefined> {
  const [row] = await database()
    .update(sweepRuns)
    .set({ state: 'cancelled', endedAt: now })
    .where(and(eq(sweepRuns.environment, environment), eq(sweepRuns.id, id), eq(sweepRuns.state, 'running')))
    .returning();
  return row && toRun(row);
}

/** Another process works on the run, or somebody cancelled it: whatever was about to be written is not. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/**
 * Writes what a step found and where the next one begins, both or neither, and renews the lease.
 *
 * @param write - the findings; answers with what the progress is then
 * @throws LeaseLost
 */
export async function commitStep(
  lease: Lease,
  now: Date,
  write: (transaction: Transaction) => Promise<SweepProgress>,
): Promise<SweepProgress> {
  return database().transaction(async (transaction) => {
    const progress = await write(transaction);
    const ends = progress.step === 'end' ? { state: endOf(progress), endedAt: now } : {};
    const kept = await transaction
      .update(sweepRuns)
      .set({ progress, leaseUntil: leaseFrom(now), ...ends })
      .where(isHeld(lease))
      .returning({ id: sweepRuns.id });
    if (kept.length === 0) throw new LeaseLost();
    return progress;
  });
}

/**
 * Keeps the lease after a wait, before AWS is asked again.
 *
 * @throws LeaseLost
 */
export async function renewLease(lease: Lease, now: Date): Promise<void> {
  const kept = await database()
    .update(sweepRuns)
    .set({ leaseUntil: leaseFrom(now) })
    .where(isHeld(lease))
    .returning({ id: sweepRuns.id });
  if (kept.length === 0) throw new LeaseLost();
}

const isHeld = (lease: Lease) =>
  and(
    eq(sweepRuns.environment, lease.environment),
    eq(sweepRuns.id, lease.id),
    eq(sweepRuns.leaseHolder, lease.holder),
    eq(sweepRuns.state, 'running'),
  );

/** Which CAs there are is all that a sweep cannot do without, or the list of the account. */
const endOf = ({ unseen }: SweepProgress) =>
  unseen.some(({ part }) => part === 'cas' || part === 'account' || part === 'sweep')
    ? ('failed' as const)
    : ('done' as const);

const leaseFrom = (now: Date) => new Date(now.getTime() + LEASE_MS);

const toRun = (row: typeof sweepRuns.$inferSelect): SweepRun => ({
  ...row,
  progress: readProgress(row.progress),
});
