import { invalidRequest } from '@/lib/sandbox/api-error';
import type { Attributes } from './attributes';

/** AWS IoT Core quotas. */
const ATTRIBUTES_MAX_WITHOUT_TYPE = 3;
const ATTRIBUTES_MAX = 50;

/** @throws ApiError InvalidRequestException when a thing of that type, or of none, cannot have so many attributes */
export function checkAttributeCount(attributes: Attributes, thingTypeName: string | undefined): void {
  const max = thingTypeName === undefined ? ATTRIBUTES_MAX_WITHOUT_TYPE : ATTRIBUTES_MAX;
  if (Object.keys(attributes).length <= max) return;
  throw invalidRequest(
    thingTypeName === undefined
      ? `Only ${max} attributes are allowed if the thing has no thing type`
      : `Only ${max} attributes are allowed`,
  );
}
