import type { Field, ThingGroupIndexingConfiguration, ThingIndexingConfiguration } from '@aws-sdk/client-iot';
import { invalidRequest } from '@/lib/sandbox/api-error';
import type { IndexField, ThingGroupIndexing, ThingIndexing } from './index-tables';
import { THING_GROUP_MANAGED_FIELDS, thingManagedFields } from './managed-fields';

/** "By default, you can add up to 10 shadow names" (guide, "Managing fleet indexing"). */
const NAMED_SHADOWS_MAX = 10;
/** The default quota, as people have met it (aws/aws-iot-device-sdk-js#406). */
const CUSTOM_FIELDS_MAX = 5;

/**
 * What a configuration asks for; undefined: no index.
 *
 * @throws ApiError InvalidRequestException for combinations that AWS does not list, and for what the sandbox does not index
 */
export function readThingIndexing(configuration: ThingIndexingConfiguration): ThingIndexing | undefined {
  refuseUnsupported(configuration);
  const { thingIndexingMode: mode, thingConnectivityIndexingMode: connectivity = 'OFF' } = configuration;
  const { namedShadowIndexingMode: namedShadow = 'OFF' } = configuration;
  if (mode !== 'REGISTRY' && mode !== 'REGISTRY_AND_SHADOW') {
    if (connectivity === 'OFF' && namedShadow === 'OFF') return undefined;
    throw invalidRequest(
      'Connectivity and named shadows can be indexed only while thingIndexingMode is not OFF.',
    );
  }
  const indexing: ThingIndexing = {
    thingIndexingMode: mode,
    thingConnectivityIndexingMode: connectivity,
    namedShadowIndexingMode: namedShadow,
    namedShadowNames: namedShadowNames(configuration),
    customFields: [],
  };
  const managed = thingManagedFields(indexing);
  checkManagedFields(configuration.managedFields, managed);
  const customFields = readCustomFields(configuration.customFields, managed);
  for (const { name } of customFields) {
    if (!isIndexed(name, indexing)) {
      throw invalidRequest(`Custom field ${name} is not indexed by the indexing mode ${mode}.`);
    }
  }
  return { ...indexing, customFields };
}

/** As {@link readThingIndexing}, for thing groups. */
export function readThingGroupIndexing(
  configuration: ThingGroupIndexingConfiguration,
): ThingGroupIndexing | undefined {
  if (configuration.thingGroupIndexingMode !== 'ON') return undefined;
  checkManagedFields(configuration.managedFields, THING_GROUP_MANAGED_FIELDS);
  const customFields = readCustomFields(configuration.customFields, THING_GROUP_MANAGED_FIELDS);
  const other = customFields.find(({ name }) => !name.startsWith('attributes.'));
  if (other) throw invalidRequest(`Custom field ${other.name} is not a field of thing groups.`);
  return { customFields };
}

function refuseUnsupported({ deviceDefenderIndexingMode, filter }: ThingIndexingConfiguration): void {
  if (deviceDefenderIndexingMode === 'VIOLATIONS') {
    throw invalidRequest('Indexing of Device Defender violations is not supported by the sandbox.');
  }
  if (filter?.geoLocations && filter.geoLocations.length > 0) {
    throw invalidRequest('Indexing of geolocations is not supported by the sandbox.');
  }
}

function namedShadowNames({ filter, namedShadowIndexingMode }: ThingIndexingConfiguration): string[] {
  const names = [...new Set(filter?.namedShadowNames)];
  if (names.length === 0 && namedShadowIndexingMode === 'ON') {
    throw invalidRequest('NamedShadowNames Filter must not be empty for enabling NamedShadowIndexingMode');
  }
  if (names.length > 0 && namedShadowIndexingMode !== 'ON') {
    throw invalidRequest('Named shadows are indexed only while namedShadowIndexingMode is ON.');
  }
  if (names.length > NAMED_SHADOWS_MAX) {
    throw invalidRequest(`At most ${NAMED_SHADOWS_MAX} named shadows can be indexed.`);
  }
  return names;
}

function checkManagedFields(given: readonly Field[] | undefined, managed: readonly IndexField[]): void {
  const foreign = given?.find(
    (field) => !managed.some(({ name, type }) => name === field.name && type === field.type),
  );
  if (foreign) throw invalidRequest(`Managed fields cannot be changed: ${foreign.name}.`);
}

function readCustomFields(given: readonly Field[] = [], managed: readonly IndexField[]): IndexField[] {
  if (given.length > CUSTOM_FIELDS_MAX) {
    throw invalidRequest(`At most ${CUSTOM_FIELDS_MAX} custom fields can be indexed.`);
  }
  const fields = new Map<string, IndexField>();
  for (const { name, type } of given) {
    if (name === undefined || type === undefined) {
      throw invalidRequest('A custom field needs a name and a type.');
    }
    if (managed.some((field) => field.name === name)) {
      throw invalidRequest(`Managed field ${name} cannot be a custom field.`);
    }
    if (fields.has(name)) throw invalidRequest(`Custom field ${name} is given twice.`);
    fields.set(name, { name, type });
  }
  return [...fields.values()];
}

function isIndexed(name: string, indexing: ThingIndexing): boolean {
  if (name.startsWith('attributes.')) return true;
  const [root, key, shadowName = ''] = name.split('.');
  if (root !== 'shadow') return false;
  if (key === 'name') return indexing.namedShadowNames.includes(shadowName);
  return indexing.thingIndexingMode === 'REGISTRY_AND_SHADOW';
}
