/**
 * What IAM itself says a role may do, boundaries included. IAM API Reference: SimulatePrincipalPolicy.
 * @module
 */
import 'server-only';
import { type IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import type { Caller } from '@/lib/aws/call';
import { orNotFound } from '@/lib/aws/or-not-found';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

export type RoleSimulation = {
  /** The actions among `actions` that the role is not allowed on any resource. */
  deniedActions(roleArn: string, actions: readonly string[]): Promise<Result<string[], Failure>>;
};

export function roleSimulation({ call }: Caller<IAMClient>): RoleSimulation {
  return {
    async deniedActions(roleArn, actions) {
      const answer = await call(
        'SimulatePrincipalPolicy',
        (iam, options) =>
          iam.send(
            new SimulatePrincipalPolicyCommand({ PolicySourceArn: roleArn, ActionNames: [...actions] }),
            options,
          ),
        ({ EvaluationResults }) =>
          (EvaluationResults ?? [])
            .filter(({ EvalDecision }) => EvalDecision !== 'allowed')
            .flatMap(({ EvalActionName }) => EvalActionName ?? []),
      );
      return orNotFound(answer, 'role', roleArn);
    },
  };
}
