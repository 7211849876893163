/**
 * One question to one policy, with everything that led to the answer: what the statements say once their variables have
 * the device's values.
 * AWS IoT Developer Guide, "AWS IoT Core policy actions" and "Thing policy variables".
 * @module
 */
import { type Decision, decide, judgeStatements, type NamedPolicy, noMissingContext } from './decide';
import { iotArn, type Place } from './lint/iot-arn';
import {
  associatedThing,
  type CertificateVariables,
  connectionContext,
  type PolicyContext,
  variableLookup,
} from './policy-context';
import type { Effect, Statement } from './policy-statement';

export const TRY_OUT_ACTIONS = ['connect', 'publish', 'receive', 'subscribe'] as const;
export type TryOutAction = (typeof TRY_OUT_ACTIONS)[number];

export type TryOutDevice = {
  clientId: string;
  /** The thing that its certificate is attached to. */
  thingName: string | undefined;
  certificate: CertificateVariables | undefined;
};

export type TryOutQuestion = {
  action: TryOutAction;
  /** A client id, a topic, or a topic filter with MQTT's own wildcards. */
  target: string;
};

/** A statement about the action, as it reads for this device. */
export type TriedStatement = {
  policyName: string;
  /** From 0. */
  index: number;
  effect: Effect;
  verdict: 'applies' | 'resource' | 'condition' | 'unresolved-variable';
  /** `filled`: the variables replaced; undefined where one has no value. */
  resources: { source: string; filled: string | undefined }[];
};

export type TryOut = Pick<Decision, 'decision' | 'matched' | 'unresolvedVariables'> & {
  /** The name AWS gives it, e.g. `iot:Connect`. */
  action: string;
  /** The ARN that was asked about. */
  resource: string;
  statements: TriedStatement[];
  /** The variables that the statements use, with the device's values. */
  variables: { name: string; value: string | undefined }[];
  /** Whether the connection has a thing: its variables have values only then. */
  isThingKnown: boolean;
};

const ACTIONS: Readonly<Record<TryOutAction, { name: string; type: string }>> = {
  connect: { name: 'iot:Connect', type: 'client' },
  publish: { name: 'iot:Publish', type: 'topic' },
  receive: { name: 'iot:Receive', type: 'topic' },
  subscribe: { name: 'iot:Subscribe', type: 'topicfilter' },
};

/** The action and the ARN of a question, as AWS names them. */
export function tryOutRequest(
  { action, target }: TryOutQuestion,
  place: Place,
): { action: string; resource: string } {
  const { name, type } = ACTIONS[action];
  return { action: name, resource: iotArn(place, type, target) };
}

/** Answers one question. A question to connect is about the client id it names. */
export function tryOut(
  policies: readonly NamedPolicy[],
  device: TryOutDevice,
  question: TryOutQuestion,
  place: Place,
): TryOut {
  const clientId = question.action === 'connect' ? question.target : device.clientId;
  const attached = device.thingName === undefined ? [] : [{ name: device.thingName }];
  const thing = associatedThing(clientId, attached);
  const context = connectionContext({ clientId, thing, certificate: device.certificate });
  const request = { ...tryOutRequest(question, place), context };
  const { decision, matched, unresolvedVariables } = decide(policies, request);
  const statements: TriedStatement[] = [];
  const names = new Set<string>();
  for (const judged of judgeStatements(policies, request, noMissingContext())) {
    const { policyName, statementIndex, effect, verdict } = judged;
    const statement = policies
      .find(({ name }) => name === policyName)
      ?.policy.statements.find(({ index }) => index === statementIndex);
    for (const name of variablesIn(statement)) names.add(name);
    const resources = (statement?.resources?.patterns ?? []).map(({ source }) => ({
      source,
      filled: fill(source, context),
    }));
    statements.push({ policyName, index: statementIndex, effect, verdict, resources });
  }
  const lookUp = variableLookup(context);
  return {
    decision,
    matched,
    unresolvedVariables,
    action: request.action,
    resource: request.resource,
    statements,
    variables: [...names].map((name) => ({ name, value: lookUp(name) })),
    isThingKnown: thing !== undefined,
  };
}

const VARIABLE = /\$\{([^}]*)\}/g;

function variablesIn(statement: Statement | undefined): string[] {
  const sources = [
    ...(statement?.resources?.patterns ?? []),
    ...(statement?.conditions ?? []).flatMap(({ expected }) => expected),
  ].map(({ source }) => source);
  return sources.flatMap((source) =>
    [...source.matchAll(VARIABLE)].flatMap(([, name]) =>
      name === undefined || /^[*?$]$/.test(name) ? [] : [name],
    ),
  );
}

/** A pattern with the values of its variables in it; its wildcards stay. */
function fill(source: string, context: PolicyContext): string | undefined {
  const lookUp = variableLookup(context);
  let isComplete = true;
  const filled = source.replace(VARIABLE, (whole, name: string) => {
    if (/^[*?$]$/.test(name)) return whole;
    const value = lookUp(name);
    if (value === undefined) isComplete = false;
    return value ?? whole;
  });
  return isComplete ? filled : undefined;
}
