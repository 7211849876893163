import type { AttributePayload } from '@aws-sdk/client-iot';
import { invalidRequest } from '@/lib/sandbox/api-error';

/** AWS IoT Core service model, `AttributeName` and `AttributeValue`. */
const NAME = /^[a-zA-Z0-9_.,@/:#-]{1,128}$/;
const VALUE = /^[a-zA-Z0-9_.,@/:#=[\]-]{0,800}$/;

/** AWS IoT Core quotas. */
const ATTRIBUTES_MAX_WITHOUT_TYPE = 3;
const ATTRIBUTES_MAX = 50;

type Attributes = Readonly<Record<string, string>>;

/**
 * The attributes after `payload`: merged into `before` or in its place. An empty value removes an attribute.
 *
 * @throws ApiError InvalidRequestException
 */
export function changedAttributes(
  before: Attributes,
  { payload, thingTypeName }: { payload: AttributePayload; thingTypeName: string | undefined },
): Attributes {
  const given = Object.entries(payload.attributes ?? {});
  for (const [name, value] of given) checkAttribute(name, value);
  const merged = new Map([...(payload.merge ? Object.entries(before) : []), ...given]);
  const attributes = Object.fromEntries([...merged].filter(([, value]) => value !== ''));
  checkCount(attributes, thingTypeName);
  return attributes;
}

export function checkCount(attributes: Attributes, thingTypeName: string | undefined): void {
  const max = thingTypeName === undefined ? ATTRIBUTES_MAX_WITHOUT_TYPE : ATTRIBUTES_MAX;
  if (Object.keys(attributes).length <= max) return;
  throw invalidRequest(
    thingTypeName === undefined
      ? `Only ${max} attributes are allowed if the thing has no thing type`
      : `Only ${max} attributes are allowed`,
  );
}

function checkAttribute(name: string, value: string): void {
  if (!NAME.test(name)) throw broken('name', { value: name, pattern: '[a-zA-Z0-9_.,@/:#-]+' });
  if (!VALUE.test(value)) throw broken('value', { value, pattern: '[a-zA-Z0-9_.,@/:#=\\[\\]-]*' });
}

const broken = (what: string, { value, pattern }: { value: string; pattern: string }) =>
  invalidRequest(
    `1 validation error detected: Value '${value}' at 'attributePayload.attributes' (attribute ${what}) failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
  );
