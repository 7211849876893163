/**
 * The events of a sandbox, a part at a time.
 * @module
 */
import 'server-only';
import type { Failure } from '@/lib/failure';
import { parseCertificateLookup } from '@/lib/registry/certificate-lookup';
import type { SandboxEvent } from '@/lib/registry/sandbox-activity';
import { ok, type Result } from '@/lib/result';
import { eventsAnswer } from './answers';
import { callControl } from './call-control';

/** As many as a page holds; the sandbox itself keeps twice as many. */
export const EVENTS_READ_MAX = 1000;

/** The last event that was read. Its time tells a sandbox that was started anew, and counts from 1 again, from one that was not. */
export type EventCursor = Pick<SandboxEvent, 'sequence' | 'at'>;

export type EventFilter = {
  /** Part of a client id, of an id of a certificate or CA, or of the reason; also an ARN or a fingerprint. */
  find?: string | undefined;
  code?: string | undefined;
};

export type EventsRead = {
  /** Oldest first; of those that the filter lets through the latest {@link EVENTS_READ_MAX}. */
  events: SandboxEvent[];
  /** For the next read; undefined while there is no event at all. */
  cursor: EventCursor | undefined;
  /** These follow what was read before. Otherwise they are all there are: nothing was read before, or the sandbox was reset or started anew. */
  isContinuation: boolean;
};

/** Reads what happened after `cursor`, or everything that the sandbox still has. */
export async function readEvents(
  origin: string,
  cursor: EventCursor | undefined,
  filter: EventFilter,
): Promise<Result<EventsRead, Failure>> {
  if (cursor !== undefined) {
    // From the last known event on: if it comes first again, this is the same sandbox, and nothing was missed.
    const read = await eventsAfter(origin, cursor.sequence - 1);
    if (!read.ok) return read;
    const [known, ...events] = read.value;
    if (known?.sequence === cursor.sequence && known.at === cursor.at) {
      return ok({ events: passing(events, filter), cursor: lastOf(read.value), isContinuation: true });
    }
  }
  const read = await eventsAfter(origin, 0);
  if (!read.ok) return read;
  return ok({ events: passing(read.value, filter), cursor: lastOf(read.value), isContinuation: false });
}

async function eventsAfter(origin: string, after: number): Promise<Result<SandboxEvent[], Failure>> {
  const query = new URLSearchParams({ after: String(after) });
  const read = await callControl(origin, { method: 'GET', path: 'events', query, answer: eventsAnswer });
  return read.ok ? ok(read.value.events) : read;
}

function lastOf(events: readonly SandboxEvent[]): EventCursor | undefined {
  const last = events.at(-1);
  return last && { sequence: last.sequence, at: last.at };
}

function passing(events: readonly SandboxEvent[], { find, code }: EventFilter): SandboxEvent[] {
  const wanted = find && (parseCertificateLookup(find) ?? find.trim().toLowerCase());
  return events
    .filter((event) => code === undefined || event.code === code)
    .filter(
      (event) => wanted === undefined || textsOf(event).some((text) => text.toLowerCase().includes(wanted)),
    )
    .slice(-EVENTS_READ_MAX);
}

const textsOf = ({
  clientId = '',
  certificateId = '',
  caCertificateId = '',
  message,
  code,
}: SandboxEvent) => [clientId, certificateId, caCertificateId, message, code];
