import type { Match } from '@/lib/sandbox/http/route-table';

/** What a policy must allow; `resource` is the part of the ARN behind the account. */
export type NeededPermission = { action: string; resource: string };

type Labels = ReadonlyMap<string, string>;
type Needs = (labels: Labels, query: URLSearchParams) => NeededPermission[];

/**
 * The operations of the data plane that a device may ask for with its certificate, and what its policies must allow.
 * AWS IoT Core Developer Guide, "HTTPS" and "AWS IoT Core policy actions".
 */
const NEEDS: ReadonlyMap<string, Needs> = new Map<string, Needs>([
  [
    'Publish',
    (labels, query) => {
      const resource = `topic/${decoded(labels, 'topic')}`;
      const publish = { action: 'iot:Publish', resource };
      return query.get('retain') === 'true'
        ? [publish, { action: 'iot:RetainPublish', resource }]
        : [publish];
    },
  ],
  ['GetThingShadow', shadow('iot:GetThingShadow')],
  ['UpdateThingShadow', shadow('iot:UpdateThingShadow')],
  ['DeleteThingShadow', shadow('iot:DeleteThingShadow')],
  [
    'ListNamedShadowsForThing',
    (labels) => [{ action: 'iot:ListNamedShadowsForThing', resource: thing(labels) }],
  ],
  [
    'GetRetainedMessage',
    (labels) => [{ action: 'iot:GetRetainedMessage', resource: `topic/${decoded(labels, 'topic')}` }],
  ],
  // Guide, "Action resources": of no resource in particular.
  ['ListRetainedMessages', () => [{ action: 'iot:ListRetainedMessages', resource: '*' }]],
]);

/** Undefined: not an operation for devices. */
export function neededPermissions(
  { route, labels }: Match<{ schema: { name: string } }>,
  query: URLSearchParams,
): NeededPermission[] | undefined {
  return NEEDS.get(route.schema.name)?.(labels, query);
}

/** A named shadow's resource is `thing/<thing>/<shadow>`, the unnamed one's is the thing's. */
function shadow(action: string): Needs {
  return (labels, query) => {
    const name = query.get('name');
    return [{ action, resource: name === null ? thing(labels) : `${thing(labels)}/${name}` }];
  };
}

const thing = (labels: Labels) => `thing/${decoded(labels, 'thingName')}`;

/** The request target was found to be percent-encoded, but not necessarily UTF-8. */
function decoded(labels: Labels, label: string): string {
  const text = labels.get(label) ?? '';
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
