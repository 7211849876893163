import { X509Certificate } from 'node:crypto';
import type {
  AuthDecision,
  AuthInfo,
  AuthResult,
  TestAuthorizationRequest,
  TestAuthorizationResponse,
} from '@aws-sdk/client-iot';
import { type DecisionByPolicy, decideByPolicy } from '@/lib/policy/decide-by-policy';
import { type ConnectionThing, connectionContext, type PolicyContext } from '@/lib/policy/policy-context';
import { required } from '@/lib/sandbox/api-error';
import { requirePolicy } from '@/lib/sandbox/operations/policies/policies';
import { requireTarget } from '@/lib/sandbox/operations/policies/policy-targets';
import type { Scope } from '@/lib/sandbox/scope';
import { certificateVariables } from '@/lib/sandbox/tls/certificate-names';
import { connectionThing } from './connection-thing';
import { effectivePolicyNames, policiesInForce } from './effective-policies';
import { holdersOf, NOBODY, refuseIdentityPool } from './get-effective-policies';

const ACTIONS: ReadonlyMap<string | undefined, string> = new Map([
  ['CONNECT', 'iot:Connect'],
  ['PUBLISH', 'iot:Publish'],
  ['SUBSCRIBE', 'iot:Subscribe'],
  ['RECEIVE', 'iot:Receive'],
]);

const DECISIONS: Readonly<Record<DecisionByPolicy['decision'], AuthDecision>> = {
  allowed: 'ALLOWED',
  'explicit-deny': 'EXPLICIT_DENY',
  'implicit-deny': 'IMPLICIT_DENY',
};

/** Asks the very engine that the broker asks, without a connection: what is not known of one is a missing value. */
export function testAuthorization(scope: Scope, input: TestAuthorizationRequest): TestAuthorizationResponse {
  refuseIdentityPool(input.cognitoIdentityPoolId);
  const { principal, clientId, policyNamesToAdd = [], policyNamesToSkip = [] } = input;
  const thing = principal === undefined ? undefined : connectionThing(scope.region, { principal, clientId });
  const names = new Set([
    ...principalPolicies(scope, { principal, clientId, thing }),
    ...policyNamesToAdd.map((name) => requirePolicy(scope, name).policyName),
  ]);
  for (const name of policyNamesToSkip) names.delete(name);
  const policies = policiesInForce(scope.region, [...names]);
  const context = contextOf(scope, { principal, clientId, thing });
  return {
    authResults: required(input.authInfos, 'authInfos').map((authInfo) => {
      const action = ACTIONS.get(authInfo.actionType) ?? '';
      const resources = authInfo.resources ?? [];
      const decisions = resources.map((resource) => decideByPolicy(policies, { action, resource, context }));
      return authResult(scope, authInfo, decisions);
    }),
  };
}

type Connection = {
  principal: string | undefined;
  clientId: string | undefined;
  thing: ConnectionThing | undefined;
};

/** With a client id it is known which thing the connection is; without one, any of the principal's may be. */
function principalPolicies(scope: Scope, { principal, clientId, thing }: Connection): string[] {
  const { targets, things } = principal === undefined ? NOBODY : holdersOf(scope, principal);
  const known = clientId === undefined ? things : thing ? [thing.name] : [];
  return effectivePolicyNames(scope.region, { targets, things: known });
}

function contextOf(scope: Scope, { principal, clientId, thing }: Connection): PolicyContext {
  const target = principal === undefined ? undefined : requireTarget(scope, principal);
  const certificate =
    target?.kind === 'certificate'
      ? certificateVariables(new X509Certificate(target.certificate.certificatePem))
      : undefined;
  return connectionContext({ clientId, certificate, thing });
}

/** Of several resources all must be allowed, and one explicit deny denies them all. */
function authResult(scope: Scope, authInfo: AuthInfo, decisions: readonly DecisionByPolicy[]): AuthResult {
  const denying = union(decisions, ({ denying }) => denying);
  const allowing = union(decisions, ({ allowing }) => allowing).filter((name) => !denying.includes(name));
  const silent = union(decisions, ({ silent }) => silent).filter(
    (name) => !denying.includes(name) && !allowing.includes(name),
  );
  const summaries = (names: readonly string[]) =>
    names.map((policyName) => ({ policyName, policyArn: scope.region.policyArn(policyName) }));
  return {
    authInfo,
    allowed: { policies: summaries(allowing) },
    denied: {
      implicitDeny: { policies: summaries(silent) },
      explicitDeny: { policies: summaries(denying) },
    },
    authDecision: DECISIONS[worstOf(decisions)],
    missingContextValues: union(decisions, ({ missingContextValues }) => missingContextValues),
  };
}

function worstOf(decisions: readonly DecisionByPolicy[]): DecisionByPolicy['decision'] {
  if (decisions.some(({ decision }) => decision === 'explicit-deny')) return 'explicit-deny';
  const isAllowed = decisions.length > 0 && decisions.every(({ decision }) => decision === 'allowed');
  return isAllowed ? 'allowed' : 'implicit-deny';
}

const union = (
  decisions: readonly DecisionByPolicy[],
  namesOf: (decision: DecisionByPolicy) => readonly string[],
) => [...new Set(decisions.flatMap(namesOf))];
