/**
 * What AWS says a certificate may do. AWS IoT API Reference: TestAuthorization, GetEffectivePolicies.
 * @module
 */
import 'server-only';
import {
  type AuthResult,
  GetEffectivePoliciesCommand,
  type IoTClient,
  TestAuthorizationCommand,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { required } from '@/lib/aws/required';
import type { AuthorizationFacts } from '@/lib/diagnosis/facts';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

/** `resource`: an ARN of a client, topic or topic filter. */
export type AuthorizationQuestion = { action: AuthorizationFacts['action']; resource: string };

export type AuthorizationReads = {
  /** At most ten questions (AWS's bound of one call), answered in their order. */
  testAuthorization(
    principalArn: string,
    clientId: string,
    questions: readonly AuthorizationQuestion[],
  ): Promise<Result<AuthorizationFacts[], Failure>>;
  /** Names of the policies on a certificate and on the groups of a thing. */
  effectivePolicies(principalArn: string, thingName: string | undefined): Promise<Result<string[], Failure>>;
};

export function authorizationReads({ call }: Caller<IoTClient>): AuthorizationReads {
  return {
    testAuthorization: (principal, clientId, questions) =>
      call(
        'TestAuthorization',
        (iot, options) =>
          iot.send(
            new TestAuthorizationCommand({
              principal,
              clientId,
              authInfos: questions.map(({ action, resource }) => ({
                actionType: action,
                resources: [resource],
              })),
            }),
            options,
          ),
        ({ authResults }) => (authResults ?? []).map(toAuthorization),
      ),

    effectivePolicies: (principal, thingName) =>
      call(
        'GetEffectivePolicies',
        (iot, options) => iot.send(new GetEffectivePoliciesCommand({ principal, thingName }), options),
        ({ effectivePolicies }) =>
          (effectivePolicies ?? []).map(({ policyName }) => required(policyName, 'policyName')),
      ),
  };
}

function toAuthorization({ authInfo, authDecision, denied, missingContextValues }: AuthResult) {
  return {
    action: required(authInfo?.actionType, 'actionType'),
    resource: authInfo?.resources?.[0] ?? '',
    decision: required(authDecision, 'authDecision'),
    denyingPolicies: (denied?.explicitDeny?.policies ?? []).flatMap(({ policyName }) => policyName ?? []),
    missingContextValues: missingContextValues ?? [],
  };
}
