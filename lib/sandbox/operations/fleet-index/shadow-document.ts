import type { ShadowRecord } from '@/lib/sandbox/operations/shadows/shadow-tables';
import { isJsonObject, type JsonObject, type JsonValue, ownMember } from '@/lib/sandbox/shadows/json';
import { type Sections, shadowDelta } from '@/lib/sandbox/shadows/shadow';
import type { ValueTest } from './query/compile-term';

/** A shadow as the index tells it: "reported, desired, delta, and metadata sections" (guide, "Query syntax"). */
export function shadowDocument(shadow: ShadowRecord): JsonObject {
  const delta = shadowDelta(shadow);
  return {
    ...sectionsOf(shadow.state),
    ...(delta && { delta }),
    metadata: sectionsOf(shadow.metadata),
    hasDelta: delta !== undefined,
    version: shadow.version,
  };
}

/** A top-level member of {@link shadowDocument}, read without making the rest of it. */
type SectionReader = (shadow: ShadowRecord) => JsonValue | undefined;

const SECTION_READERS: ReadonlyMap<string, SectionReader> = new Map<string, SectionReader>([
  ['desired', ({ state }) => state.desired],
  ['reported', ({ state }) => state.reported],
  ['delta', shadowDelta],
  ['metadata', ({ metadata }) => sectionsOf(metadata)],
  ['hasDelta', (shadow) => shadowDelta(shadow) !== undefined],
  ['version', ({ version }) => version],
]);

/** How the index reads a path such as `reported.stats.battery` in a shadow; undefined when shadows have no such path. */
export function shadowSearch(
  path: readonly string[],
): ((shadow: ShadowRecord, test: ValueTest) => boolean) | undefined {
  const [section = '', ...rest] = path;
  const read = SECTION_READERS.get(section);
  return read && ((shadow, test) => someValueAt(read(shadow), { path: rest, from: 0, test }));
}

/** Whether some value anywhere in a shadow passes. Its delta holds nothing that is not desired. */
export function someValueOfShadow({ state, metadata }: ShadowRecord, test: ValueTest): boolean {
  return [state.desired, state.reported, metadata.desired, metadata.reported].some((section) =>
    someValueIn(section, test),
  );
}

type Search = { path: readonly string[]; from: number; test: ValueTest };

/** Items of lists are values of the path that leads to the list. */
function someValueAt(value: JsonValue | undefined, { path, from, test }: Search): boolean {
  let current = value;
  for (let at = from; at < path.length; at += 1) {
    if (Array.isArray(current)) {
      return current.some((item: JsonValue) => someValueAt(item, { path, from: at, test }));
    }
    current = isJsonObject(current) ? ownMember(current, path[at] ?? '') : undefined;
  }
  if (Array.isArray(current)) {
    return current.some((item: JsonValue) => someValueAt(item, { path, from: path.length, test }));
  }
  return isScalar(current) && test(current);
}

function someValueIn(value: JsonValue | undefined, test: ValueTest): boolean {
  if (typeof value !== 'object' || value === null) return isScalar(value) && test(value);
  for (const key in value) {
    if (someValueIn(ownMember(value as JsonObject, key), test)) return true;
  }
  return false;
}

const isScalar = (value: JsonValue | undefined): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const sectionsOf = ({ desired, reported }: Sections): JsonObject => ({
  ...(desired && { desired }),
  ...(reported && { reported }),
});
