/**
 * Sweeps that nobody starts: those that are due by the environment's settings, and those whose process ended.
 * @module
 */
import 'server-only';
import { recordIntent, recordOutcome } from '@/lib/audit/record';
import { type Environment, environments } from '@/lib/config/environments';
import { settings } from '@/lib/config/settings';
import { resumeSweep, startSweep } from '@/lib/devices/sweep/sweeps';
import { lastSweeps } from '@/lib/ledger/sweep-runs';
import { log } from '@/lib/log/log';

/** How soon a sweep is gone on with, or begun when it is due. One small query per environment. */
const LOOK_EVERY_MS = 15_000;

const HOUR_MS = 3_600_000;

declare global {
  var jitpConsoleSweepSchedule: NodeJS.Timeout | undefined;
}

/** Begins to look after sweeps, once per process; never keeps the process alive. */
export function startSweepSchedule(): void {
  if (globalThis.jitpConsoleSweepSchedule !== undefined) return;
  // The embedded database belongs to this process alone: what runs there by the record, ran in one that ended.
  let isAlone = settings().databaseSocketDir !== undefined;
  const look = async () => {
    const isFirst = isAlone;
    isAlone = false;
    for (const environment of environments()) await lookAfter(environment, isFirst);
  };
  globalThis.jitpConsoleSweepSchedule = setInterval(() => void look(), LOOK_EVERY_MS).unref();
  void look();
}

async function lookAfter(environment: Environment, isAlone: boolean): Promise<void> {
  const now = new Date();
  try {
    if (await resumeSweep(environment, { now, isAlone })) return;
    if (await isSweepDue(environment, now)) await startDue(environment, now);
  } catch (error) {
    const described = error instanceof Error ? error : new Error('no error was thrown');
    log('error', 'sweep.schedule-failed', { environment: environment.id, error: described });
  }
}

/** What the schedule starts; the whole account is listed when somebody asks for it. */
const SCHEDULED = 'registered-cas';

/** Whether the schedule wants one now: the interval counts from the beginning of the last one of its kind, whoever began it. */
export async function isSweepDue(
  { id, sweepEveryHours }: Pick<Environment, 'id' | 'sweepEveryHours'>,
  now: Date,
): Promise<boolean> {
  if (sweepEveryHours === undefined) return false;
  const [[newest], [last]] = await Promise.all([lastSweeps(id, 1), lastSweeps(id, 1, SCHEDULED)]);
  if (newest?.state === 'running') return false;
  return last === undefined || now.getTime() - last.startedAt.getTime() >= sweepEveryHours * HOUR_MS;
}

async function startDue(environment: Environment, now: Date): Promise<void> {
  const recorded = await recordIntent({
    actor: undefined,
    clientAddress: undefined,
    environment: environment.id,
    action: 'sweep.start',
    resource: undefined,
    at: now,
  });
  const started = await startSweep(environment, { scope: SCHEDULED, startedBy: undefined }, now);
  await recordOutcome(recorded, {
    failure: started.ok ? undefined : { kind: started.failure.kind, detail: undefined },
    before: undefined,
    after: started.ok
      ? { run: started.value.id, byScheduleEveryHours: environment.sweepEveryHours }
      : undefined,
    requestId: undefined,
    at: new Date(),
  });
}
