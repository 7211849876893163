import { decideByPolicy } from '@/lib/policy/decide-by-policy';
import { connectionContext, type PolicyContext } from '@/lib/policy/policy-context';
import { parsePolicy } from '@/lib/policy/policy-document';
import { ApiError } from '@/lib/sandbox/api-error';
import { POLICY_ARN } from './iam-names';
import type { QueryOperation } from './query-operation';
import { queryPage } from './query-page';
import type { QueryParameters } from './query-parameters';
import { type RolePolicyDocument, rolePolicyDocuments } from './role-judge';
import { roleByArn } from './role-record';

/** IAM API Reference, SimulatePrincipalPolicy: an action includes the service, and no wildcard. */
const ACTION = /^[a-zA-Z0-9-]+:[a-zA-Z0-9]+$/;
const RESOURCE = /^[\s\S]{1,2048}$/;
const DOCUMENT = /^[\t\n\r -\u00FF]{1,131072}$/;

const DECISIONS = { allowed: 'allowed', 'explicit-deny': 'explicitDeny', 'implicit-deny': 'implicitDeny' };

/** What would change the answer and is not judged here. */
const UNSUPPORTED: readonly string[] = [
  'PermissionsBoundaryPolicyInputList',
  'ResourcePolicy',
  'ResourceOwner',
  'CallerArn',
  'ResourceHandlingOption',
];

type SimulatedPolicy = Omit<RolePolicyDocument, 'source'> & { source: RolePolicyDocument['source'] | 'none' };

/** Policies of a role, and those given with the request as if they were attached to it. */
export const simulatePrincipalPolicy: QueryOperation = (scope, parameters) => {
  const arn = parameters.required('PolicySourceArn', POLICY_ARN);
  if (!/:role\//.test(arn)) {
    throw new ApiError('InvalidInput', `The sandbox has no users and no groups: ${arn} is not a role's ARN`);
  }
  const role = roleByArn(scope.sandbox, arn);
  if (!role) throw new ApiError('NoSuchEntity', `The role with ARN ${arn} cannot be found.`);
  return simulation(parameters, [...rolePolicyDocuments(scope.sandbox, role), ...givenPolicies(parameters)]);
};

export const simulateCustomPolicy: QueryOperation = (_scope, parameters) => {
  parameters.required('PolicyInputList.member.1', DOCUMENT);
  return simulation(parameters, givenPolicies(parameters));
};

const givenPolicies = (parameters: QueryParameters): SimulatedPolicy[] =>
  parameters
    .list('PolicyInputList', DOCUMENT)
    .map((document, index) => ({ name: `PolicyInputList.${index + 1}`, document, source: 'none' }));

/** Every action on every resource; only those on the page are judged. */
function simulation(parameters: QueryParameters, documents: readonly SimulatedPolicy[]) {
  parameters.refuse(...UNSUPPORTED);
  const context = contextIn(parameters);
  const actions = parameters.list('ActionNames', ACTION);
  if (actions.length === 0) parameters.required('ActionNames', ACTION);
  const asked = parameters.list('ResourceArns', RESOURCE);
  const resources = asked.length > 0 ? asked : ['*'];
  const policies = readable(documents);
  const { from, to, truncation } = queryPage(parameters, actions.length * resources.length);
  const results = Array.from({ length: Math.max(0, to - from) }, (_, offset) => {
    const action = actions[Math.floor((from + offset) / resources.length)] ?? '';
    const resource = resources[(from + offset) % resources.length] ?? '';
    const { decision, applying, missingContextValues } = decideByPolicy(policies, {
      action,
      resource,
      context,
    });
    return {
      EvalActionName: action,
      EvalResourceName: resource,
      EvalDecision: DECISIONS[decision],
      MatchedStatements: applying.map(({ policyName }) => ({
        SourcePolicyId: policyName,
        SourcePolicyType: documents.find(({ name }) => name === policyName)?.source,
      })),
      MissingContextValues: missingContextValues,
    };
  });
  return { EvaluationResults: results, ...truncation };
}

/** @throws ApiError InvalidInput when a given policy cannot be read */
function readable(documents: readonly SimulatedPolicy[]) {
  return documents.map(({ name, document }) => {
    const parsed = parsePolicy(document, 'identity');
    if (parsed.ok) return { name, policy: parsed.value };
    throw new ApiError('InvalidInput', `The policy ${name} cannot be read: ${parsed.failure[0]?.code}`);
  });
}

function contextIn(parameters: QueryParameters): PolicyContext {
  const entries = parameters.members('ContextEntries').map((member): [string, string[]] => {
    const key = parameters.required(`${member}.ContextKeyName`, /^[\s\S]{5,256}$/);
    return [key, parameters.list(`${member}.ContextKeyValues`, /^[\s\S]{0,4096}$/)];
  });
  return connectionContext({ extra: Object.fromEntries(entries) });
}
