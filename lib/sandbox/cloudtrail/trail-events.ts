import { randomUUID } from 'node:crypto';
import type { Scope } from '@/lib/sandbox/scope';
import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { Table } from '@/lib/sandbox/state/table';

export type TrailResource = { type: string; name: string };

/** Who made a call, in CloudTrail's own form, with the name that lookups find it by. */
export type TrailIdentity = {
  username: string;
  accessKeyId?: string | undefined;
  /** The `userIdentity` of the record; plain JSON. */
  userIdentity: object;
};

/** One management event. Members as in the CloudTrail User Guide, "CloudTrail record contents". */
export type TrailEventRecord = TrailIdentity & {
  eventId: string;
  eventName: string;
  eventSource: string;
  /** Host that the call came from, or the service that made it. */
  sourceIpAddress: string;
  userAgent: string;
  errorCode?: string | undefined;
  errorMessage?: string | undefined;
  requestParameters?: object | undefined;
  responseElements?: object | undefined;
  resources: readonly TrailResource[];
  /** Epoch milliseconds. */
  at: number;
  sequence: number;
};

/** The last events of each kind are kept: enough for a factory batch, and a few dozen megabytes with usual templates. */
export const TRAIL_EVENTS_MAX = 10_000;

export class TrailTables {
  /** What just-in-time provisioning called. */
  readonly provisioning: Table<TrailEventRecord>;
  /** What clients of the API called; apart, so that a busy client drives no provisioning out. */
  readonly calls: Table<TrailEventRecord>;

  constructor(source: TableSource) {
    this.provisioning = source.table('trail-provisioning');
    this.calls = source.table('trail-calls');
  }
}

export type NewTrailEvent = Omit<TrailEventRecord, 'eventId' | 'at' | 'sequence'>;

/** Keeps an event of a call that has just been made; the oldest of its kind gives way when there are too many. */
export function recordTrailEvent(scope: Scope, kind: keyof TrailTables, event: NewTrailEvent): void {
  const table = scope.region.family(TrailTables)[kind];
  const eventId = randomUUID();
  const [oldest] = table.size >= TRAIL_EVENTS_MAX ? table.entries() : [];
  if (oldest) table.delete(oldest[0]);
  table.set(eventId, {
    ...event,
    eventId,
    at: scope.now().getTime(),
    sequence: scope.region.nextSequence(),
  });
}
