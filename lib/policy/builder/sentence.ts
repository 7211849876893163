/**
 * A statement as a sentence: who may do what, on what. Sentences are recognised in documents people bring and written
 * back as statements; a statement that says more than a sentence can is left to the text.
 * AWS IoT Developer Guide, "AWS IoT Core policy actions" and "AWS IoT Core action resources".
 * @module
 */
import { isJsonObject, type JsonObject, type JsonValue, member } from '@/lib/policy/json-text';
import { DEVICE_ACTIONS, type ResourceType, resourceTypeOf } from '@/lib/policy/lint/device-actions';
import { iotArn, type Place, parseIotArn } from '@/lib/policy/lint/iot-arn';

/** Whose name stands in a resource: the thing's, the certificate's CN, or one that the client chooses. */
export type Owner = 'thing-name' | 'common-name' | 'client-id';

/** What a sentence is about, within the account and Region of the policy. */
export type Scope =
  /** `*`. */
  | { kind: 'everything' }
  /** The resource called like the device, e.g. `client/${iot:Connection.Thing.ThingName}`. */
  | { kind: 'own'; type: ScopeType; owner: Owner }
  /** All below a level called like the device: `before` + name + `/*`. */
  | { kind: 'own-subtree'; type: 'topic' | 'topicfilter'; owner: Owner; before: string }
  /** Anything else; `*` and `?` are wildcards, `${…}` variables. */
  | { kind: 'pattern'; type: ScopeType; pattern: string };

export type ScopeType = Exclude<ResourceType, '*'>;

/** Beyond the statement's own words: the device must be attached to the thing it connects as. */
export type SentenceCondition = 'thing-attached';

export type Sentence = {
  effect: 'Allow' | 'Deny';
  /** Of {@link DEVICE_ACTIONS}, or `iot:*`. Never empty. */
  actions: readonly string[];
  /** Never empty. */
  scopes: readonly Scope[];
  condition: SentenceCondition | undefined;
  sid: string | undefined;
};

export type ReadStatement =
  | { kind: 'sentence'; sentence: Sentence }
  /** Says more than a sentence can: shown as it is, kept as it is. */
  | { kind: 'other'; statement: JsonValue };

export const OWNER_VARIABLES: Readonly<Record<Owner, string>> = {
  'thing-name': `\${iot:Connection.Thing.ThingName}`,
  'common-name': `\${iot:Certificate.Subject.CommonName}`,
  'client-id': `\${iot:ClientId}`,
};

const ATTACHED = { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } };

const SCOPE_TYPES: readonly ScopeType[] = ['client', 'topic', 'topicfilter', 'thing', 'rolealias'];

/** Reads one statement of a policy for `place`. A resource of another place is no sentence: the ARN has to be seen. */
export function readStatement(statement: JsonValue, place: Place): ReadStatement {
  const sentence = isJsonObject(statement) ? recognise(statement, place) : undefined;
  return sentence === undefined ? { kind: 'other', statement } : { kind: 'sentence', sentence };
}

/** The statement of a sentence; {@link readStatement} of it is the sentence again. */
export function printSentence(
  { effect, actions, scopes, condition, sid }: Sentence,
  place: Place,
): JsonObject {
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    Action: oneOrAll(actions),
    Resource: oneOrAll(scopes.map((scope) => printScope(scope, place))),
    ...(condition === undefined ? {} : { Condition: ATTACHED }),
  };
}

/** The ARN of a scope, or `*`. */
export function printScope(scope: Scope, place: Place): string {
  switch (scope.kind) {
    case 'everything':
      return '*';
    case 'own':
      return iotArn(place, scope.type, OWNER_VARIABLES[scope.owner]);
    case 'own-subtree':
      return iotArn(place, scope.type, `${scope.before}${OWNER_VARIABLES[scope.owner]}/*`);
    case 'pattern':
      return iotArn(place, scope.type, scope.pattern);
  }
}

/** The kinds of resource that the actions of a sentence need; a scope of another kind would never match. */
export function scopeTypesFor(actions: readonly string[]): ScopeType[] {
  const names = actions.includes('iot:*') ? DEVICE_ACTIONS : actions;
  const types = new Set(names.map(resourceTypeOf));
  return SCOPE_TYPES.filter((type) => types.has(type));
}

function recognise(statement: JsonObject, place: Place): Sentence | undefined {
  const { Effect: effect, Sid: sid, Action, Resource, Condition, ...rest } = statement;
  if (Object.keys(rest).length > 0 || (effect !== 'Allow' && effect !== 'Deny')) return undefined;
  if (sid !== undefined && typeof sid !== 'string') return undefined;
  const actions = texts(Action)?.map(actionName);
  const scopes = texts(Resource)?.map((text) => readScope(text, place));
  if (actions === undefined || scopes === undefined || actions.includes(undefined)) return undefined;
  if (Condition !== undefined && !isAttachedCondition(Condition)) return undefined;
  return whole({
    effect,
    actions: actions.filter((action) => action !== undefined),
    scopes: scopes.filter((scope) => scope !== undefined),
    condition: Condition === undefined ? undefined : 'thing-attached',
    sid,
    isWhole: !scopes.includes(undefined),
  });
}

function whole({ isWhole, ...sentence }: Sentence & { isWhole: boolean }): Sentence | undefined {
  return isWhole ? sentence : undefined;
}

/** The action as the guide writes it: AWS does not mind the case of its letters. */
function actionName(text: string): string | undefined {
  const name = text.toLowerCase();
  return name === 'iot:*' ? name : DEVICE_ACTIONS.find((action) => action.toLowerCase() === name);
}

function readScope(text: string, place: Place): Scope | undefined {
  if (text === '*') return { kind: 'everything' };
  const arn = parseIotArn(text);
  const type = SCOPE_TYPES.find((candidate) => candidate === arn?.type);
  if (arn === undefined || type === undefined || text !== iotArn(place, type, arn.name)) return undefined;
  for (const owner of ['thing-name', 'common-name', 'client-id'] as const) {
    const variable = OWNER_VARIABLES[owner];
    if (arn.name === variable) return { kind: 'own', type, owner };
    const before = arn.name.slice(0, -`${variable}/*`.length);
    const isSubtree = arn.name === `${before}${variable}/*` && /^(?:[^*?$]*\/)?$/.test(before);
    if (isSubtree && (type === 'topic' || type === 'topicfilter')) {
      return { kind: 'own-subtree', type, owner, before };
    }
  }
  return { kind: 'pattern', type, pattern: arn.name };
}

function isAttachedCondition(condition: JsonValue): boolean {
  if (!isJsonObject(condition) || Object.keys(condition).length !== 1) return false;
  const bool = member(condition, 'Bool');
  if (!isJsonObject(bool) || Object.keys(bool).length !== 1) return false;
  const expected = texts(member(bool, 'iot:Connection.Thing.IsAttached'));
  return expected?.length === 1 && expected[0] === 'true';
}

function texts(value: JsonValue | undefined): string[] | undefined {
  const items = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const found = items.filter((item) => typeof item === 'string');
  return found.length === items.length && found.length > 0 ? found : undefined;
}

const oneOrAll = (all: readonly string[]): JsonValue =>
  all.length === 1 && all[0] !== undefined ? all[0] : [...all];
