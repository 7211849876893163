/**
 * The door to Lambda: whether a topic rule may call a function.
 * Lambda API Reference: GetPolicy; AWS IoT Developer Guide, "Lambda rule action".
 * @module
 */
import 'server-only';
import { GetPolicyCommand } from '@aws-sdk/client-lambda';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { connectionContext } from '@/lib/policy/policy-context';
import { judgeServiceAct } from '@/lib/policy/trust-policy';
import { ok, type Result } from '@/lib/result';
import { createCaller } from './call';
import { connectionsOf } from './connections';
import { isNotFound } from './or-not-found';

export type LambdaGateway = {
  /** Whether the function's policy lets AWS IoT call it for this rule; without a policy nobody may. */
  mayRuleCall(functionArn: string, ruleArn: string): Promise<Result<boolean, Failure>>;
};

export function lambdaFor(environment: Environment): LambdaGateway {
  const { lambda, throttle } = connectionsOf(environment);
  const { call } = createCaller('Lambda', lambda, throttle);
  return {
    async mayRuleCall(functionArn, ruleArn) {
      const context = connectionContext({
        extra: { 'aws:SourceArn': ruleArn, 'aws:SourceAccount': environment.accountId },
      });
      const act = { service: 'iot.amazonaws.com', action: 'lambda:InvokeFunction' };
      const answer = await call(
        'GetPolicy',
        (client, options) => client.send(new GetPolicyCommand({ FunctionName: functionArn }), options),
        ({ Policy = '' }) => judgeServiceAct(Policy, act, context).kind === 'trusted',
      );
      return isNotFound(answer) ? ok(false) : answer;
    },
  };
}
