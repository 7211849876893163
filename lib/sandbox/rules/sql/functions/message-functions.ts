/**
 * Functions about the message, and those that take values apart. AWS IoT Core Developer Guide, "Functions".
 * @module
 */

import { toInt, toText } from '@/lib/sandbox/rules/sql/convert';
import type { SqlEnvironment } from '@/lib/sandbox/rules/sql/environment';
import { isArray, isObject, memberOf, type SqlObject, type SqlValue } from '@/lib/sandbox/rules/sql/value';
import { parseTime } from './parse-time';
import { always, newer, type SqlFunction } from './sql-function';
import { timeToEpoch } from './time-to-epoch';

function segment(topic: string, wanted: SqlValue): SqlValue {
  const number = toInt(wanted);
  return number === undefined || number < 1 ? undefined : topic.split('/')[number - 1];
}

function get([collection, key]: readonly SqlValue[]): SqlValue {
  if (isObject(collection)) return typeof key === 'string' ? memberOf(collection, key) : undefined;
  const index = toInt(key);
  if (index === undefined || index < 0) return undefined;
  if (isArray(collection)) return collection[index];
  return typeof collection === 'string' ? [...collection][index] : undefined;
}

/** `*` of a payload that is not JSON is encoded byte by byte. */
function encode([value, scheme]: readonly SqlValue[]): SqlValue {
  if (scheme !== 'base64') return undefined;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  const text = toText(value);
  return text === undefined ? undefined : Buffer.from(text).toString('base64');
}

/** JSON that was encoded is JSON again; what is no base64 is Null. */
function decode([value, scheme]: readonly SqlValue[]): SqlValue {
  if (typeof value !== 'string' || scheme !== 'base64') return undefined;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return null;
  const text = Buffer.from(value, 'base64').toString();
  try {
    const json: SqlValue = JSON.parse(text);
    return json;
  } catch {
    return text;
  }
}

/** Mode `enrichArray` is the only one the guide has. */
function transform([mode, attributes, items]: readonly SqlValue[], { budget }: SqlEnvironment): SqlValue {
  if (mode !== 'enrichArray' || !isObject(attributes) || !isArray(items)) return undefined;
  budget.allow(budget.sizeOf(items) + items.length * budget.sizeOf(attributes));
  return items.every(isObject)
    ? items.map((item: SqlValue): SqlObject => ({ ...(isObject(item) ? item : {}), ...attributes }))
    : undefined;
}

/** Names as the guide writes them, `payLoadFormatIndicator` included. */
function mqttProperty(name: SqlValue, { properties }: SqlEnvironment): SqlValue {
  switch (name) {
    case 'contentType':
      return properties?.contentType;
    case 'responseTopic':
      return properties?.responseTopic;
    case 'correlationData':
      return properties?.correlationData && Buffer.from(properties.correlationData).toString('base64');
    case 'payLoadFormatIndicator':
    case 'payloadFormatIndicator':
      if (properties?.payloadFormatIndicator === undefined) return undefined;
      return properties.payloadFormatIndicator ? 'UTF8_DATA' : 'UNSPECIFIED_BYTES';
    default:
      return undefined;
  }
}

/** All values of one key. */
function userProperties(key: SqlValue, { properties }: SqlEnvironment): SqlValue {
  if (typeof key !== 'string') return undefined;
  const all = properties?.userProperties ?? {};
  const values = Object.hasOwn(all, key) ? all[key] : undefined;
  return typeof values === 'string' ? [values] : (values ?? []);
}

/** `(thing, role)` or `(thing, shadow, role)`; what cannot be read is Undefined. */
function shadowOf(args: readonly SqlValue[], { thingShadow }: SqlEnvironment): SqlValue {
  const texts = args.filter((argument) => typeof argument === 'string');
  const [thingName, shadowName] = texts;
  const roleArn = texts.at(-1);
  if (texts.length !== args.length || thingName === undefined || roleArn === undefined) return undefined;
  return thingShadow({ thingName, shadowName: texts.length === 3 ? shadowName : undefined, roleArn });
}

export const messageFunctions: Readonly<Record<string, SqlFunction>> = {
  accountid: always(0, 0, (_, { accountId }) => accountId),
  clientid: always(0, 0, (_, { clientId }) => clientId ?? 'n/a'),
  decode: newer(2, 2, decode),
  encode: newer(2, 2, encode),
  get: always(2, 2, get),
  get_mqtt_property: newer(1, 1, ([name], environment) => mqttProperty(name, environment)),
  get_or_default: newer(1, 2, ([value, otherwise]) => value ?? otherwise),
  get_thing_shadow: newer(2, 3, (args, environment) => shadowOf(args, environment)),
  get_user_properties: newer(1, 1, ([key], environment) => userProperties(key, environment)),
  newuuid: always(0, 0, (_, { newUuid }) => newUuid()),
  parse_time: newer(2, 3, parseTime),
  principal: always(0, 0, (_, { principal }) => principal),
  sourceip: newer(0, 0, (_, { sourceIp }) => sourceIp()),
  sql_version: always(0, 0, (_, { version }) => version),
  time_to_epoch: newer(2, 2, timeToEpoch),
  timestamp: always(0, 0, (_, { now }) => now),
  topic: always(0, 1, (args, { topic }) => (args.length === 0 ? topic : segment(topic, args[0]))),
  traceid: always(0, 0, (_, { traceId }) => traceId),
  transform: newer(3, 3, transform),
};
