import type { JsonObject } from './json';
import { deltaOf, merge, mergeTimes } from './merge';
import type { ShadowUpdate } from './read-update';

/** A section is absent when nothing is in it. */
export type Sections = { desired?: JsonObject | undefined; reported?: JsonObject | undefined };

/** What is kept of one shadow. */
export type Shadow = {
  state: Sections;
  /** When each value was last written, in the shape of `state`; epoch seconds. */
  metadata: Sections;
  /** One more with every update; not begun anew by a deletion. */
  version: number;
};

/** A shadow after an update that it accepts. */
export function updatedShadow(
  before: Shadow | undefined,
  { state }: ShadowUpdate,
  timestamp: number,
): Shadow {
  const old = before ?? { state: {}, metadata: {}, version: 0 };
  const version = old.version + 1;
  if (state === null) return { state: {}, metadata: {}, version };
  const after: Shadow = { state: { ...old.state }, metadata: { ...old.metadata }, version };
  for (const section of ['desired', 'reported'] as const) {
    const update = state[section];
    if (update === undefined) continue;
    const values = old.state[section] ?? {};
    const times = old.metadata[section] ?? {};
    const merged = update === null ? {} : merge(values, update);
    const isEmpty = Object.keys(merged).length === 0;
    after.state[section] = isEmpty ? undefined : merged;
    after.metadata[section] =
      isEmpty || update === null ? undefined : mergeTimes(times, { before: values, update, timestamp });
  }
  return after;
}

/** What is desired and not so reported. */
export function shadowDelta({ state }: Shadow): JsonObject | undefined {
  return state.desired && deltaOf(state.desired, state.reported ?? {});
}
