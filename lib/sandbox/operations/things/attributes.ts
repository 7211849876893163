import type { AttributePayload } from '@aws-sdk/client-iot';
import { invalidRequest } from '@/lib/sandbox/api-error';

/** AWS IoT Core service model, `AttributeName` and `AttributeValue`. */
const NAME = /^[a-zA-Z0-9_.,@/:#-]{1,128}$/;
const VALUE = /^[a-zA-Z0-9_.,@/:#=[\]-]{0,800}$/;

/** Of a thing or a thing group. */
export type Attributes = Readonly<Record<string, string>>;

/**
 * The attributes after `payload`: merged into `before` or in its place. An empty value removes an attribute.
 *
 * @throws ApiError InvalidRequestException when a name or a value breaks the model's pattern
 */
export function changedAttributes(before: Attributes, payload: AttributePayload): Attributes {
  const given = Object.entries(payload.attributes ?? {});
  for (const [name, value] of given) {
    checkAttributeName(name, 'attributePayload.attributes');
    if (!VALUE.test(value)) {
      throw broken('attributePayload.attributes', {
        what: 'value',
        value,
        pattern: '[a-zA-Z0-9_.,@/:#=\\[\\]-]*',
      });
    }
  }
  const merged = new Map([...(payload.merge ? Object.entries(before) : []), ...given]);
  return Object.fromEntries([...merged].filter(([, value]) => value !== ''));
}

/** @throws ApiError InvalidRequestException */
export function checkAttributeName(name: string, member: string): void {
  if (!NAME.test(name)) throw broken(member, { what: 'name', value: name, pattern: '[a-zA-Z0-9_.,@/:#-]+' });
}

const broken = (
  member: string,
  { what, value, pattern }: { what: 'name' | 'value'; value: string; pattern: string },
) =>
  invalidRequest(
    `1 validation error detected: Value '${value}' at '${member}' (attribute ${what}) failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
  );
