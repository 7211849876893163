/**
 * What is wrong, or odd, about a policy document.
 * @module
 */
import type { JsonFault, JsonObject } from './json-text';

/** Which kind of policy a document is meant to be; the elements allowed differ. */
export type PolicyDialect = 'iot' | 'identity' | 'trust';

/** Something allowed but likely not meant. */
export type PolicyFinding = {
  code: 'version-without-variables' | 'unknown-condition-operator' | 'resource-is-no-arn';
  path: string;
  params: Record<string, string | number>;
};

export type PolicyFault = {
  code:
    | 'input-too-long'
    | 'too-large'
    | 'not-json'
    | 'not-an-object'
    | 'unknown-element'
    | 'version-unknown'
    | 'statement-missing'
    | 'effect-missing'
    | 'effect-unknown'
    | 'action-missing'
    | 'resource-missing'
    | 'principal-missing'
    | 'principal-not-allowed'
    | 'both-element-and-its-negation'
    | 'not-a-string'
    | 'empty-list'
    | 'condition-malformed';
  /** JSON path from `$`. */
  path: string;
  json: JsonFault | undefined;
  params: Record<string, string | number>;
};

/** What one reading collects on its way down. */
export type Reading = {
  dialect: PolicyDialect;
  variables: boolean;
  faults: PolicyFault[];
  findings: PolicyFinding[];
};

/** Reports members that the policy language does not have. */
export function refuseUnknown(
  object: JsonObject,
  known: readonly string[],
  path: string,
  reading: Reading,
): void {
  for (const name of Object.keys(object)) {
    if (!known.includes(name))
      reading.faults.push(policyFault('unknown-element', `${path}.${name}`, { name }));
  }
}

/** Makes a fault. */
export function policyFault(
  code: PolicyFault['code'],
  path: string,
  params: PolicyFault['params'] = {},
  json: JsonFault | undefined = undefined,
): PolicyFault {
  return { code, path, json, params };
}
