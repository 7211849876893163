import { invalidRequest } from '@/lib/sandbox/api-error';
import type { MessageProperties } from '@/lib/sandbox/message-bus';

export type UserProperties = NonNullable<MessageProperties['userProperties']>;

/**
 * Reads `[{"deviceName": "alpha"}, {"deviceCnt": "45"}]`; a name may come several times.
 *
 * @throws ApiError InvalidRequestException
 */
export function readUserProperties(json: string): UserProperties {
  const pairs = parsed(json);
  if (!Array.isArray(pairs)) throw malformed();
  const properties = new Map<string, string | string[]>();
  for (const pair of pairs) {
    const [entry, ...others] = Object.entries(isObject(pair) ? pair : {});
    if (entry === undefined || others.length > 0) throw malformed();
    const [name, value]: [string, unknown] = entry;
    if (typeof value !== 'string') throw malformed();
    const before = properties.get(name);
    properties.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(properties);
}

/** The form that {@link readUserProperties} reads. */
export function writeUserProperties(properties: UserProperties): string {
  const pairs = Object.entries(properties).flatMap(([name, values]) =>
    [values].flat().map((value) => Object.fromEntries([[name, value]])),
  );
  return JSON.stringify(pairs);
}

const malformed = () =>
  invalidRequest(
    'userProperties is a JSON array of objects with one text each, for example [{"deviceName": "alpha"}]',
  );

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
