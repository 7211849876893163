import { describe, expect, it } from 'vitest';
import type { FunctionRecord, PermissionRecord } from './lambda-tables';
import { rulePermission } from './rule-permission';
import { KNOWN_FUNCTION } from './testing/known-function';

const RULE = 'arn:aws:iot:us-east-2:123456789012:rule/jitr';

const known = (permissions: readonly PermissionRecord[]): FunctionRecord => ({
  ...KNOWN_FUNCTION,
  permissions,
});

describe('rulePermission', () => {
  const iot = { sid: 's', action: 'lambda:InvokeFunction', principal: 'iot.amazonaws.com' };
  it.each<[permission: PermissionRecord, isAllowed: boolean, reason: string]>([
    [iot, true, 'no condition: any rule, as AWS warns'],
    [{ ...iot, principal: '*' }, true, 'everybody'],
    [{ ...iot, action: 'lambda:*' }, true, 'every action'],
    [{ ...iot, sourceArn: RULE, sourceAccount: '123456789012' }, true, 'this rule'],
    [{ ...iot, sourceArn: 'arn:aws:iot:us-east-2:123456789012:rule/*' }, true, 'all rules'],
    [{ ...iot, sourceArn: 'arn:aws:iot:*:123456789012:rule/j?tr' }, true, 'wildcards within parts'],
    [{ ...iot, sourceArn: 'arn:aws:iot:us-east-2:123456789012:rule/jitr2' }, false, 'another rule'],
    [{ ...iot, sourceArn: 'arn:aws:iot:eu-west-1:123456789012:rule/jitr' }, false, 'another Region'],
    [{ ...iot, sourceAccount: '210987654321' }, false, 'another account'],
    [{ ...iot, principal: 's3.amazonaws.com' }, false, 'another service'],
    [{ ...iot, action: 'lambda:GetFunction' }, false, 'another action'],
  ])('%j: %s (%s)', (permission, isAllowed) => {
    const judged = rulePermission(known([permission]), { ruleArn: RULE, accountId: '123456789012' });
    expect(judged.isAllowed).toBe(isAllowed);
  });

  it('is refused without any, and by one of several allowed', () => {
    const request = { ruleArn: RULE, accountId: '123456789012' };
    expect(rulePermission(known([]), request)).toMatchObject({ isAllowed: false });
    const other = { ...iot, sourceArn: 'arn:aws:iot:us-east-2:123456789012:rule/other' };
    expect(rulePermission(known([other, { ...iot, sid: 't', sourceArn: RULE }]), request).isAllowed).toBe(
      true,
    );
  });
});
