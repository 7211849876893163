import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyJson } from '@/lib/policy/testing/json-arbitrary';
import { outlinePolicy } from './policy-outline';

const outlineOf = (statement: unknown) => outlinePolicy(JSON.stringify({ Statement: statement }));

describe('outlinePolicy', () => {
  it('says who may do what where, without what every ARN begins with', () => {
    const statement = {
      Effect: 'Allow',
      Action: ['iot:Publish', 'iot:Receive'],
      Resource: 'arn:aws-cn:iot:cn-north-1:123456789012:topic/a/*',
      Condition: { Bool: {} },
    };
    expect(outlineOf(statement)).toEqual({
      ok: true,
      value: [
        {
          effect: 'Allow',
          actions: { names: ['iot:Publish', 'iot:Receive'], isNegated: false },
          resources: { names: ['topic/a/*'], isNegated: false },
          isConditional: true,
        },
      ],
    });
  });

  it('does not hide that a statement names what is left out', () => {
    const outline = outlineOf([{ Effect: 'Deny', NotAction: 'iot:Connect', NotResource: ['*'] }]);
    expect(outline).toMatchObject({
      value: [{ effect: 'Deny', actions: { isNegated: true }, resources: { names: ['*'], isNegated: true } }],
    });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          anyJson(4).map((value) => JSON.stringify({ Statement: value })),
        ),
        (text) => {
          outlinePolicy(text);
        },
      ),
    );
  });
});
