/**
 * The console's side of the sandbox's control API. Which environments have one is configuration; AWS has none.
 * @module
 */
import 'server-only';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { FaultOrder, SandboxFault } from '@/lib/registry/sandbox-activity';
import { ok, type Result } from '@/lib/result';
import { anyAnswer, faultAnswer, faultsAnswer } from './answers';
import { callControl } from './call-control';
import { type ClientsRead, readClients } from './read-clients';
import { type EventCursor, type EventFilter, type EventsRead, readEvents } from './read-events';

export type SandboxControl = {
  /** What happened behind `cursor`, and what fails on purpose now. */
  live(
    cursor: EventCursor | undefined,
    filter: EventFilter,
  ): Promise<Result<EventsRead & { faults: SandboxFault[] }, Failure>>;
  /** Who is connected over MQTT, in all Regions: of those that `find` means, the first `shownMax`. */
  clients(find: string | undefined, shownMax: number): Promise<Result<ClientsRead, Failure>>;
  /** Those that are switched on, oldest first. */
  faults(): Promise<Result<SandboxFault[], Failure>>;
  switchFaultOn(order: FaultOrder): Promise<Result<SandboxFault, Failure>>;
  removeFault(id: string): Promise<Result<null, Failure>>;
  removeFaults(): Promise<Result<null, Failure>>;
  /** Empties all Regions of the account. */
  reset(): Promise<Result<null, Failure>>;
};

/** @returns undefined where the environment has no control API */
export function sandboxControlOf({ sandboxControl }: Environment): SandboxControl | undefined {
  if (sandboxControl === undefined) return undefined;
  const { url } = sandboxControl;
  const act = async (call: { method: 'POST' | 'DELETE'; path: string }) =>
    done(await callControl(url, { ...call, answer: anyAnswer }));
  return {
    async live(cursor, filter) {
      const [events, faults] = await Promise.all([readEvents(url, cursor, filter), readFaults(url)]);
      if (!events.ok) return events;
      return faults.ok ? ok({ ...events.value, faults: faults.value }) : faults;
    },
    clients: (find, shownMax) => readClients(url, find, shownMax),
    faults: () => readFaults(url),
    switchFaultOn: (order) =>
      callControl(url, { method: 'POST', path: 'faults', body: order, answer: faultAnswer }),
    async removeFault(id) {
      const call = { method: 'DELETE', path: `faults/${encodeURIComponent(id)}`, answer: anyAnswer } as const;
      return done(
        await callControl(url, call, ({ status }) =>
          status === 404 ? { kind: 'not-found', resource: 'sandbox-fault', id } : undefined,
        ),
      );
    },
    removeFaults: () => act({ method: 'DELETE', path: 'faults' }),
    reset: () => act({ method: 'POST', path: 'reset' }),
  };
}

async function readFaults(origin: string): Promise<Result<SandboxFault[], Failure>> {
  const read = await callControl(origin, { method: 'GET', path: 'faults', answer: faultsAnswer });
  return read.ok ? ok(read.value.faults) : read;
}

const done = (result: Result<unknown, Failure>): Result<null, Failure> => (result.ok ? ok(null) : result);
