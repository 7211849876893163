/**
 * The door to Lambda: functions, and whether a topic rule may call one.
 * Lambda API Reference: GetPolicy; AWS IoT Developer Guide, "Lambda rule action".
 * @module
 */
import 'server-only';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { connectionContext } from '@/lib/policy/policy-context';
import { judgeServiceAct } from '@/lib/policy/trust-policy';
import { ok, type Result } from '@/lib/result';
import { createCaller } from './call';
import { connectionsOf } from './connections';
import { type FunctionOperations, functionOperations } from './lambda/functions';

export type LambdaGateway = FunctionOperations & {
  /** Whether the function's policy lets AWS IoT call it for this rule; without a policy nobody may. */
  mayRuleCall(functionArn: string, ruleArn: string): Promise<Result<boolean, Failure>>;
};

export function lambdaFor(environment: Environment): LambdaGateway {
  const { lambda, throttle } = connectionsOf(environment);
  const functions = functionOperations(createCaller('Lambda', lambda, throttle));
  return {
    ...functions,
    async mayRuleCall(functionArn, ruleArn) {
      const context = connectionContext({
        extra: { 'aws:SourceArn': ruleArn, 'aws:SourceAccount': environment.accountId },
      });
      const act = { service: 'iot.amazonaws.com', action: 'lambda:InvokeFunction' };
      const policy = await functions.getFunctionPolicy(functionArn);
      if (!policy.ok) return policy;
      return ok(policy.value !== undefined && judgeServiceAct(policy.value, act, context).kind === 'trusted');
    },
  };
}
