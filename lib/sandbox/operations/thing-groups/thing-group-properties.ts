import type { ThingGroupProperties } from '@aws-sdk/client-iot';
import { invalidRequest } from '@/lib/sandbox/api-error';
import { changedAttributes } from '@/lib/sandbox/operations/things/attributes';
import type { ThingGroupRecord } from './thing-group-tables';

/** AWS IoT Core quotas. */
const ATTRIBUTES_MAX = 50;

export type KeptProperties = Pick<ThingGroupRecord, 'description' | 'attributes'>;

/**
 * The properties after a request; what it does not name stays. Attributes are merged or replaced as those of a thing are.
 *
 * @throws ApiError InvalidRequestException
 */
export function changedProperties(
  before: KeptProperties,
  { thingGroupDescription, attributePayload }: ThingGroupProperties = {},
): KeptProperties {
  const attributes = attributePayload
    ? changedAttributes(before.attributes, attributePayload)
    : before.attributes;
  if (Object.keys(attributes).length > ATTRIBUTES_MAX) {
    throw invalidRequest(`Only ${ATTRIBUTES_MAX} attributes are allowed`);
  }
  return { description: thingGroupDescription ?? before.description, attributes };
}
