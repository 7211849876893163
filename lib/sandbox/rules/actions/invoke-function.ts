import { ApiError } from '@/lib/sandbox/api-error';
import { LambdaTables } from '@/lib/sandbox/lambda/lambda-tables';
import { parseFunctionName } from '@/lib/sandbox/lambda/require-function';
import { rulePermission } from '@/lib/sandbox/lambda/rule-permission';
import type { CompiledAction } from '@/lib/sandbox/rules/compiled-rule';
import type { RuleExecution } from '@/lib/sandbox/rules/execute-rule';
import { fillTemplate } from '@/lib/sandbox/rules/sql/substitution';
import { parsePayload } from '@/lib/sandbox/rules/sql/value';
import type { ActionOutcome } from './execute-action';

/** The Lambda action: asynchronous, so what the function makes of its event is no longer the rule's business. */
export function invokeFunction(
  execution: RuleExecution,
  action: CompiledAction & { kind: 'lambda' },
  payload: Uint8Array,
): ActionOutcome {
  const arn = fillTemplate(action.functionArn, execution.row, execution.environment);
  return { name: 'LambdaAction', resource: arn, error: errorOf(execution, arn, payload) };
}

function errorOf(
  { settings, compiled, message }: RuleExecution,
  arn: string,
  payload: Uint8Array,
): string | undefined {
  const { sandbox } = settings;
  const region = sandbox.region(message.region);
  const reference = parseFunctionName(arn);
  const isHere =
    reference !== undefined &&
    (reference.region ?? region.name) === region.name &&
    (reference.accountId ?? sandbox.accountId) === sandbox.accountId &&
    (reference.qualifier ?? '$LATEST') === '$LATEST';
  const known = isHere ? region.family(LambdaTables).functions.get(reference.functionName) : undefined;
  if (!known) return `There is no function ${arn} in ${region.name}. Create it, or correct the action's ARN.`;

  const ruleArn = region.arn(`rule/${compiled.rule.ruleName}`);
  const permission = rulePermission(known, { ruleArn, accountId: sandbox.accountId });
  if (!permission.isAllowed) {
    return `The function ${known.functionName} may not be invoked by the rule: ${permission.reason}. Add a permission for iot.amazonaws.com with the source ARN ${ruleArn} (lambda add-permission).`;
  }
  if (!parsePayload(payload).isJson)
    return "The function takes JSON only, and the payload is none. Select encode(*, 'base64') AS a member.";
  if (!sandbox.functionRunner) return 'The sandbox does not run functions yet.';
  try {
    sandbox.functionRunner.queue(region, known, new TextDecoder().decode(payload));
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}
