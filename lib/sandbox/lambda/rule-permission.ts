import { evaluateCondition, readOperator } from '@/lib/policy/conditions';
import { compilePattern } from '@/lib/policy/pattern';
import { connectionContext } from '@/lib/policy/policy-context';
import type { FunctionRecord, PermissionRecord } from './lambda-tables';

const ARN_LIKE = readOperator('ArnLike');

/**
 * Whether a function's resource policy lets a topic rule invoke it, and if not, what is missing.
 * AWS IoT Core Developer Guide, "Lambda rule action"; Lambda Developer Guide, "Granting Lambda function access to AWS services".
 */
export function rulePermission(
  { permissions }: FunctionRecord,
  { ruleArn, accountId }: { ruleArn: string; accountId: string },
): { isAllowed: true } | { isAllowed: false; reason: string } {
  const forIot = permissions.filter(
    ({ principal, action }) =>
      (principal === '*' || principal === 'iot.amazonaws.com') &&
      (action === '*' || action === 'lambda:*' || action.toLowerCase() === 'lambda:invokefunction'),
  );
  if (forIot.length === 0) {
    return {
      isAllowed: false,
      reason: 'its resource policy does not let iot.amazonaws.com call lambda:InvokeFunction',
    };
  }
  const holds = ({ sourceArn, sourceAccount }: PermissionRecord) =>
    (sourceArn === undefined || arnLike(sourceArn, ruleArn)) &&
    (sourceAccount === undefined || sourceAccount === accountId);
  if (forIot.some(holds)) return { isAllowed: true };
  const [first] = forIot;
  const wanted = [first?.sourceArn, first?.sourceAccount && `account ${first.sourceAccount}`].filter(Boolean);
  return {
    isAllowed: false,
    reason: `its resource policy lets only ${wanted.join(' of ')} do so, not ${ruleArn}`,
  };
}

function arnLike(pattern: string, arn: string): boolean {
  const condition = {
    operator: ARN_LIKE,
    key: 'aws:SourceArn',
    expected: [compilePattern(pattern, { wildcards: true, variables: false })],
  };
  const context = connectionContext({ extra: { 'aws:SourceArn': arn } });
  return evaluateCondition(condition, context, false).holds;
}
