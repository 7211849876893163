import { type MessageProperties, TOPIC_BYTES_MAX } from '@/lib/sandbox/message-bus';
import type { CompiledHeaders } from '@/lib/sandbox/rules/compiled-rule';
import type { Template } from '@/lib/sandbox/rules/sql/substitution';

/** AWS IoT Core quotas, "Maximum message expiry interval"; the smallest is a second. */
const EXPIRY_SECONDS_MAX = 604_800;

/** MQTT 5 sections 1.5.4 and 1.5.6: the length before a text, or before bytes, is a number of two bytes. */
const FIELD_BYTES_MAX = 65_535;

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
  const failure = faultOf(properties);
  if (failure !== undefined) return { ok: false, failure };
  const isEmpty = Object.values(properties).every((value) => value === undefined);
  return {
    ok: true,
    value: {
      properties: isEmpty ? undefined : properties,
      expirySeconds: expirySeconds && Math.min(expirySeconds, EXPIRY_SECONDS_MAX),
    },
  };
}

/** A sentence about the property that MQTT 5 cannot carry: what fills it comes from devices. */
function faultOf(properties: MessageProperties): string | undefined {
  const { contentType, responseTopic, correlationData, userProperties = {} } = properties;
  if (responseTopic !== undefined && Buffer.byteLength(responseTopic) > TOPIC_BYTES_MAX) {
    return `The response topic has ${Buffer.byteLength(responseTopic)} bytes, and a topic at most ${TOPIC_BYTES_MAX}. Make a shorter one.`;
  }
  // [MQTT-3.3.2-14], [MQTT-4.7.3-2]
  if (/[#+\0]/.test(responseTopic ?? '')) {
    return 'The response topic has a wildcard or a zero character; an answer cannot be published to it. Make it without.';
  }
  const fields: [name: string, value: string | Uint8Array | undefined][] = [
    ['content type', contentType],
    ['correlation data', correlationData],
    ...Object.entries(userProperties).flatMap(([key, values]): [string, string][] => [
      ['key of a user property', key],
      ...[values].flat().map((value): [string, string] => ['value of a user property', value]),
    ]),
  ];
  for (const [name, value = ''] of fields) {
    const bytes = Buffer.byteLength(value);
    if (bytes > FIELD_BYTES_MAX) {
      return `The ${name} has ${bytes} bytes, and MQTT carries at most ${FIELD_BYTES_MAX}. Make a shorter one.`;
    }
  }
  return undefined;
}

/** The same key may come several times. */
function userPropertiesOf(
  pairs: CompiledHeaders['userProperties'],
  fill: (template: Template) => string,
): Record<string, string[]> | undefined {
  if (pairs.length === 0) return undefined;
  const byKey = new Map<string, string[]>();
  for (const pair of pairs) {
    const key = fill(pair.key); // once: a template may be random
    byKey.set(key, [...(byKey.get(key) ?? []), fill(pair.value)]);
  }
  return Object.fromEntries(byKey);
}
