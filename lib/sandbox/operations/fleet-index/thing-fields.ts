import type { ShadowRecord } from '@/lib/sandbox/operations/shadows/shadow-tables';
import type { ThingRecord } from '@/lib/sandbox/state/records';
import type { FieldSearch, SearchableFields } from './query/compile-query';
import type { FieldValue, ValueTest } from './query/compile-term';
import { shadowSearch, someValueOfShadow } from './shadow-document';
import type { ThingIndex } from './thing-index';

type ThingSearch = FieldSearch<ThingRecord>;

/** The fields by which things can be searched. */
export function thingFields(index: ThingIndex): SearchableFields<ThingRecord> {
  return {
    // "Device shadow and registry versions aren't searchable" (guide, "Query syntax").
    field: (name) => (isVersion(name) ? undefined : thingField(index, name)),
    anyField: anyFieldOf(index),
  };
}

const isVersion = (name: string) =>
  name === 'registry.version' || (name.startsWith('shadow.') && name.endsWith('.version'));

/** A field that can be searched or aggregated; undefined when the index has no such field. */
export function thingField(index: ThingIndex, name: string): ThingSearch | undefined {
  const dot = name.indexOf('.');
  const [root, rest] = dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
  if (rest === '') return registryField(index, root);
  switch (root) {
    case 'attributes':
      return (thing, test) => Object.hasOwn(thing.attributes, rest) && test(thing.attributes[rest] ?? '');
    case 'registry':
      return rest === 'version' ? (thing, test) => test(thing.version) : registryField(index, rest);
    case 'connectivity':
      return connectivityField(index, rest);
    case 'shadow':
      return shadowField(index, rest.split('.'));
    default:
      return undefined;
  }
}

function registryField(index: ThingIndex, name: string): ThingSearch | undefined {
  switch (name) {
    case 'thingName':
      return (thing, test) => test(thing.thingName);
    case 'thingId':
      return (thing, test) => test(thing.thingId);
    case 'thingTypeName':
      return ({ thingTypeName }, test) => thingTypeName !== undefined && test(thingTypeName);
    case 'thingGroupNames':
      return (thing, test) => index.groupNamesOf(thing).some(test);
    default:
      return undefined;
  }
}

function connectivityField(index: ThingIndex, name: string): ThingSearch | undefined {
  if (index.indexing.thingConnectivityIndexingMode === 'OFF') return undefined;
  const ofConnectivity = (read: (of: ReturnType<ThingIndex['connectivityOf']>) => FieldValue | undefined) => {
    return (thing: ThingRecord, test: ValueTest) => {
      const value = read(index.connectivityOf(thing));
      return value !== undefined && test(value);
    };
  };
  switch (name) {
    case 'connected':
      return ofConnectivity((connectivity) => connectivity?.connected);
    case 'timestamp':
      return ofConnectivity((connectivity) => connectivity?.timestamp);
    case 'disconnectReason':
      return ofConnectivity((connectivity) => connectivity?.disconnectReason);
    case 'version':
      return ofConnectivity((connectivity) => connectivity?.versionNumber);
    default:
      return undefined;
  }
}

function shadowField(index: ThingIndex, path: readonly string[]): ThingSearch | undefined {
  const [first, shadowName = '', ...named] = path;
  if (first !== 'name') {
    const search = index.indexing.thingIndexingMode === 'REGISTRY' ? undefined : shadowSearch(path);
    return search && ((thing, test) => isFound(index.classicShadowOf(thing), search, test));
  }
  const search = index.indexing.namedShadowNames.includes(shadowName) ? shadowSearch(named) : undefined;
  return search && ((thing, test) => isFound(index.namedShadowOf(thing, shadowName), search, test));
}

const isFound = (
  shadow: ShadowRecord | undefined,
  search: FieldSearch<ShadowRecord>,
  test: ValueTest,
): boolean => shadow !== undefined && search(shadow, test);

/** "If a field isn't specified, AWS IoT searches for the term in all the registry, Device Shadow … fields". */
function anyFieldOf(index: ThingIndex): ThingSearch {
  const { namedShadowNames } = index.indexing;
  return (thing, test) =>
    test(thing.thingName) ||
    test(thing.thingId) ||
    (thing.thingTypeName !== undefined && test(thing.thingTypeName)) ||
    Object.values(thing.attributes).some(test) ||
    index.groupNamesOf(thing).some(test) ||
    isFound(index.classicShadowOf(thing), someValueOfShadow, test) ||
    namedShadowNames.some((name) => isFound(index.namedShadowOf(thing, name), someValueOfShadow, test));
}
