/**
 * How many devices became active on which day.
 * @module
 */
import 'server-only';
import { and, count, eq, gte, lt, sql } from 'drizzle-orm';
import { readBounded } from '@/lib/db/bounded-read';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import type { Failure } from '@/lib/failure';
import { ok, type Result } from '@/lib/result';

const DAY_MS = 86_400_000;

/** `day` as `2026-11-22`, in UTC. */
export type DayOfActivations = { day: string; activations: number };

/** The last `days` days with today, oldest first, days without any among them. */
export async function activationsPerDay(
  environment: string,
  { now, days }: { now: Date; days: number },
): Promise<Result<DayOfActivations[], Failure>> {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const from = new Date(today - (days - 1) * DAY_MS);
  const { activatedAt, environment: place } = issuedCertificates;
  const day = sql<string>`to_char(${activatedAt} at time zone 'UTC', 'YYYY-MM-DD')`;
  const counted = await readBounded((transaction) =>
    transaction
      .select({ day, activations: count() })
      .from(issuedCertificates)
      .where(
        and(
          eq(place, environment),
          gte(activatedAt, from),
          // A clock of AWS's that runs before ours makes no day of tomorrow.
          lt(activatedAt, new Date(today + DAY_MS)),
        ),
      )
      .groupBy(sql`1`),
  );
  if (!counted.ok) return counted;
  const countOf = new Map(counted.value.map((row) => [row.day, row.activations]));
  return ok(
    Array.from({ length: days }, (_, index) => {
      const name = new Date(from.getTime() + index * DAY_MS).toISOString().slice(0, 10);
      return { day: name, activations: countOf.get(name) ?? 0 };
    }),
  );
}
