import type { MessageProperties } from '@/lib/sandbox/message-bus';
import type { CompiledHeaders } from '@/lib/sandbox/rules/compiled-rule';
import type { Template } from '@/lib/sandbox/rules/sql/substitution';

/** AWS IoT Core quotas, "Maximum message expiry interval"; the smallest is a second. */
const EXPIRY_SECONDS_MAX = 604_800;

export type FilledHeaders = { properties: MessageProperties | undefined; expirySeconds: number | undefined };

/** Headers with their templates filled in, or a sentence about the one that cannot be sent. API Reference, MqttHeaders. */
export function filledHeaders(
  headers: CompiledHeaders,
  fill: (template: Template) => string,
): { ok: true; value: FilledHeaders } | { ok: false; failure: string } {
  const text = (template: Template | undefined) => (template ? fill(template) : undefined);
  const expiry = text(headers.messageExpiry);
  const expirySeconds = expiry === undefined ? undefined : Number(expiry);
  if (expirySeconds !== undefined && !(Number.isInteger(expirySeconds) && expirySeconds > 0)) {
    return { ok: false, failure: `The message expiry ${expiry} is not a number of seconds.` };
  }
  const format = text(headers.payloadFormatIndicator);
  if (format !== undefined && format !== 'UTF8_DATA' && format !== 'UNSPECIFIED_BYTES') {
    return {
      ok: false,
      failure: `The payload format indicator ${format} is neither UTF8_DATA nor UNSPECIFIED_BYTES.`,
    };
  }
  const correlation = text(headers.correlationData);
  const properties: MessageProperties = {
    payloadFormatIndicator: format === undefined ? undefined : format === 'UTF8_DATA',
    contentType: text(headers.contentType),
    responseTopic: text(headers.responseTopic),
    correlationData: correlation === undefined ? undefined : Buffer.from(correlation, 'base64'),
    userProperties: userPropertiesOf(headers.userProperties, fill),
  };
  const isEmpty = Object.values(properties).every((value) => value === undefined);
  return {
    ok: true,
    value: {
      properties: isEmpty ? undefined : properties,
      expirySeconds: expirySeconds && Math.min(expirySeconds, EXPIRY_SECONDS_MAX),
    },
  };
}

/** The same key may come several times. */
function userPropertiesOf(
  pairs: CompiledHeaders['userProperties'],
  fill: (template: Template) => string,
): Record<string, string[]> | undefined {
  if (pairs.length === 0) return undefined;
  const byKey = new Map<string, string[]>();
  for (const { key, value } of pairs) byKey.set(fill(key), [...(byKey.get(fill(key)) ?? []), fill(value)]);
  return Object.fromEntries(byKey);
}
