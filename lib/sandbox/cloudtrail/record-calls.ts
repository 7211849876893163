import { ApiError } from '@/lib/sandbox/api-error';
import type { Operation, Operations } from '@/lib/sandbox/operations/operation';
import type { Scope } from '@/lib/sandbox/scope';
import { recordTrailEvent, type TrailResource } from './trail-events';
import { callerIdentity } from './trail-identity';

/** Operations that change nothing are not recorded; CloudTrail does record them, and nobody looks for them here. */
const READ_ONLY = /^(?:Describe|Get|List|Search|Test|Validate)/;

/**
 * The same operations, each call of which leaves an event in CloudTrail, refused ones included. An answer's content is not
 * kept but for names and ARNs: it can hold a private key.
 *
 * @param eventSource - for example `iot.amazonaws.com`
 */
export function recordingCalls(eventSource: string, operations: Operations): Operations {
  const recording = Object.entries(operations).map(([name, run]): [string, Operation] => [
    name,
    READ_ONLY.test(name) ? run : recordingCall({ eventSource, eventName: name }, run),
  ]);
  return Object.fromEntries(recording);
}

type Call = { eventSource: string; eventName: string };

function recordingCall(call: Call, run: Operation): Operation {
  return async (scope, input) => {
    try {
      const output = await run(scope, input);
      record(scope, call, { input, output });
      return output;
    } catch (error) {
      if (error instanceof ApiError) record(scope, call, { input, error });
      throw error;
    }
  };
}

function record(
  scope: Scope,
  { eventSource, eventName }: Call,
  { input, output, error }: { input: object; output?: object; error?: ApiError },
): void {
  recordTrailEvent(scope, 'calls', {
    eventName,
    eventSource,
    ...callerIdentity(scope),
    sourceIpAddress: '127.0.0.1',
    userAgent: 'unknown',
    errorCode: error?.code,
    errorMessage: error?.message,
    requestParameters: parametersOf(input),
    responseElements: output && namesIn(output),
    resources: resourcesIn({ ...input, ...output }),
  });
}

/** Longer than any template or chain that AWS takes; 10,000 events of it stay below 200 MB. AWS's own bound is 100 KB. */
const PARAMETERS_CHARACTERS_MAX = 16_384;

/** Without bytes, which would become objects with a member per octet; left out in CloudTrail's own form when too long. */
function parametersOf(input: object): object {
  const parameters = Object.fromEntries(
    Object.entries(input).filter(([, value]: [string, unknown]) => !(value instanceof Uint8Array)),
  );
  const originalSize = JSON.stringify(parameters).length;
  if (originalSize <= PARAMETERS_CHARACTERS_MAX) return parameters;
  return { omitted: true, originalSize, reason: 'requestParameters too large' };
}

function namesIn(output: object): object | undefined {
  const names = Object.entries(output).filter(
    ([name, value]: [string, unknown]) => typeof value === 'string' && /(?:Arn|Id|Name)$/.test(name),
  );
  return names.length === 0 ? undefined : Object.fromEntries(names);
}

const RESOURCE_TYPES: ReadonlyMap<string, string> = new Map([
  ['certificateId', 'AWS::IoT::Certificate'],
  ['thingName', 'AWS::IoT::Thing'],
  ['policyName', 'AWS::IoT::Policy'],
  ['templateName', 'AWS::IoT::ProvisioningTemplate'],
  ['ruleName', 'AWS::IoT::TopicRule'],
]);

function resourcesIn(members: object): TrailResource[] {
  return Object.entries(members).flatMap(([name, value]: [string, unknown]) => {
    const type = RESOURCE_TYPES.get(name);
    return type !== undefined && typeof value === 'string' ? [{ type, name: value }] : [];
  });
}
