/**
 * The client ids that a device may connect as, read out of its policies and then asked of the decision itself.
 * AWS IoT Developer Guide, "Connect policy examples".
 * @module
 */
import { decide, matchesAction, type NamedPolicy } from './decide';
import { iotArn, type Place, parseIotArn } from './lint/iot-arn';
import {
  associatedThing,
  type CertificateVariables,
  connectionContext,
  variableLookup,
} from './policy-context';

export type ConnectableDevice = {
  /** The thing that its certificate is attached to. */
  thingName: string | undefined;
  certificate: CertificateVariables | undefined;
};

export type ConnectableClientIds = {
  /** These and no others, unless there are patterns. */
  clientIds: string[];
  /** With wildcards: any client id of that form; `*` is any at all. */
  patterns: string[];
};

/** No device is called this; a pattern that lets it in lets in whoever chooses a name. */
const SOMEBODY = '0somebody-else0';

/** Empty lists: the device may not connect at all. */
export function connectableClientIds(
  policies: readonly NamedPolicy[],
  device: ConnectableDevice,
  place: Place,
): ConnectableClientIds {
  const mayConnect = (clientId: string) => {
    const attached = device.thingName === undefined ? [] : [{ name: device.thingName }];
    const context = contextOf(clientId, associatedThing(clientId, attached), device);
    const resource = iotArn(place, 'client', clientId);
    return decide(policies, { action: 'iot:Connect', resource, context }).decision === 'allowed';
  };
  const names = new Set(device.thingName === undefined ? [] : [device.thingName]);
  const patterns = new Set<string>();
  for (const name of connectNames(policies)) {
    const filled = fillForDevice(name, device);
    if (filled === undefined) continue;
    if (!/[*?]/.test(filled)) names.add(filled);
    // A condition can still pin what the wildcard leaves open.
    else if (mayConnect(filled.replace(/\*/g, SOMEBODY).replace(/\?/g, '0'))) patterns.add(filled);
  }
  return { clientIds: [...names].filter(mayConnect), patterns: [...patterns] };
}

/** What the statements that allow connecting name as client; `*` for those that name everything. */
function connectNames(policies: readonly NamedPolicy[]): string[] {
  return policies.flatMap(({ policy }) =>
    policy.statements.flatMap(({ effect, actions, resources }) => {
      if (effect !== 'Allow' || !matchesAction(actions, 'iot:Connect')) return [];
      if (resources === undefined || resources.negated) return ['*'];
      return resources.patterns.map(({ source }) => {
        const arn = parseIotArn(source);
        return arn === undefined || /[*?]/.test(arn.type) ? '*' : arn.name;
      });
    }),
  );
}

/** The client id is what is asked for, so a policy that repeats it leaves it open. */
function fillForDevice(name: string, device: ConnectableDevice): string | undefined {
  const thing = device.thingName === undefined ? undefined : { name: device.thingName };
  const lookUp = variableLookup(contextOf(undefined, thing, device));
  let isComplete = true;
  const filled = name.replace(/\$\{([^}]*)\}/g, (whole, variable: string) => {
    if (variable === 'iot:ClientId') return '*';
    if (/^[*?$]$/.test(variable)) return whole;
    const value = lookUp(variable);
    if (value === undefined) isComplete = false;
    return value ?? whole;
  });
  return isComplete ? filled : undefined;
}

const contextOf = (
  clientId: string | undefined,
  thing: { name: string } | undefined,
  { certificate }: ConnectableDevice,
) => connectionContext({ clientId, thing, certificate });
