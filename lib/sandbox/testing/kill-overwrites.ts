/**
 * What is written over and over, by which most of the journal soon no longer counts: shadows and retained messages.
 * @module
 */
import { callAws } from './call-aws';

const STEPS_TO_A_DELETION = 10;

/** By its name or topic, the last step of each that was acknowledged. */
export type Overwritten = { shadows: Map<string, number>; retained: Map<string, number> };

type Kind = keyof Overwritten;
type Place = {
  write(api: string, name: string, step: number): Promise<unknown>;
  remove(api: string, name: string): Promise<unknown>;
  /** The step that is kept; undefined: nothing is. */
  read(api: string, name: string): Promise<number | undefined>;
};

const shadowOf = (name: string) => `/things/${name}/shadow`;

const PLACES: Readonly<Record<Kind, Place>> = {
  shadows: {
    write: (api, name, step) => callAws(api, 'POST', shadowOf(name), { state: { reported: { step } } }),
    remove: (api, name) => callAws(api, 'DELETE', shadowOf(name)),
    read: async (api, name) => {
      const shadow = await callAws(api, 'GET', shadowOf(name));
      return (shadow as { state: { reported: { step: number } } }).state.reported.step;
    },
  },
  retained: {
    write: (api, name, step) => callAws(api, 'POST', `/topics/${name}?qos=1&retain=true`, { step }),
    remove: (api, name) => callAws(api, 'POST', `/topics/${name}?qos=1&retain=true`),
    read: async (api, name) => {
      const { payload } = (await callAws(api, 'GET', `/retainedMessage/${name}`)) as { payload: string };
      return (JSON.parse(Buffer.from(payload, 'base64').toString()) as { step: number }).step;
    },
  },
};

/** Every tenth step removes what the others write. */
const isDeletion = (step: number) => step % STEPS_TO_A_DELETION === 0;

/** Answers one step of one shadow or topic at each call. */
export function overwriting(
  kind: Kind,
  api: string,
  overwritten: Overwritten,
): (name: string) => Promise<void> {
  let name: string | undefined;
  let step = 0;
  return async (fresh) => {
    name ??= fresh;
    step += 1;
    if (isDeletion(step)) await PLACES[kind].remove(api, name);
    else await PLACES[kind].write(api, name, step);
    overwritten[kind].set(name, step);
  };
}

/** What is neither as it was acknowledged nor as the step under way leaves it; one sentence each. */
export async function lostOverwrites(api: string, overwritten: Overwritten): Promise<string[]> {
  const faults: string[] = [];
  for (const kind of ['shadows', 'retained'] as const) {
    for (const [name, step] of overwritten[kind]) {
      const kept = await PLACES[kind].read(api, name).catch(() => undefined); // nothing is there
      const allowed = [step, step + 1].map((number) => (isDeletion(number) ? undefined : number));
      if (!allowed.includes(kept)) faults.push(`${kind}: step ${step} of ${name} is lost, ${kept} is there`);
    }
  }
  return faults;
}
