import type { ThingTypeProperties } from '@aws-sdk/client-iot';
import { invalidRequest } from '@/lib/sandbox/api-error';
import { checkAttributeName } from '@/lib/sandbox/operations/things/attributes';
import type { ThingTypeRecord } from './thing-type-tables';

/** AWS IoT Core quotas: a type names up to three attributes that things are searched by. */
const SEARCHABLE_ATTRIBUTES_MAX = 3;

export type KeptProperties = Pick<ThingTypeRecord, 'description' | 'searchableAttributes'>;

/**
 * The properties after a request; what it does not name stays.
 *
 * @throws ApiError InvalidRequestException
 */
export function changedProperties(
  before: KeptProperties,
  { thingTypeDescription, searchableAttributes, mqtt5Configuration }: ThingTypeProperties = {},
): KeptProperties {
  if ((mqtt5Configuration?.propagatingAttributes ?? []).length > 0) {
    throw invalidRequest('mqtt5Configuration.propagatingAttributes is not supported by the sandbox');
  }
  for (const name of searchableAttributes ?? []) {
    checkAttributeName(name, 'thingTypeProperties.searchableAttributes');
  }
  if ((searchableAttributes ?? []).length > SEARCHABLE_ATTRIBUTES_MAX) {
    throw invalidRequest(
      `A thing type can have at most ${SEARCHABLE_ATTRIBUTES_MAX} searchable attributes, and would have ${searchableAttributes?.length}`,
    );
  }
  return {
    description: thingTypeDescription ?? before.description,
    searchableAttributes: searchableAttributes ?? before.searchableAttributes,
  };
}

/** The order of searchable attributes says nothing. */
export function sameProperties(a: KeptProperties, b: KeptProperties): boolean {
  return (
    a.description === b.description &&
    a.searchableAttributes.length === b.searchableAttributes.length &&
    a.searchableAttributes.every((name) => b.searchableAttributes.includes(name))
  );
}
