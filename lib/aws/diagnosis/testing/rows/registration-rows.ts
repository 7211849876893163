/**
 * Just-in-time registration: a rule and its function should activate the device.
 * @module
 */
import type { DiagnosedRow } from '@/lib/aws/diagnosis/testing/diagnosed-row';
import type { DiagnosisBench } from '@/lib/aws/diagnosis/testing/diagnosis-bench';
import { makeFunction, makeRole } from '@/lib/sandbox/lambda/testing/function-code';

const WITHOUT_TEMPLATE = { registration: {} };

/** A device that came once, under a CA whose registrations nobody hears of. */
async function unheard(bench: DiagnosisBench) {
  const device = await bench.fleet(WITHOUT_TEMPLATE);
  await bench.connect(device.chain, device.name);
  return device;
}

/** A device that came once, under a CA whose registrations this rule hears and hands to this function. */
async function heard(
  bench: DiagnosisBench,
  ruleName: string,
  { ruleDisabled = false, mayCall = false }: { ruleDisabled?: boolean; mayCall?: boolean } = {},
) {
  const device = await bench.fleet(WITHOUT_TEMPLATE);
  const functionArn = await makeFunction(bench.boto, {
    name: ruleName,
    files: { 'index.mjs': 'export const handler = async () => "seen";' },
    Role: await makeRole(bench.boto, { name: `${ruleName}Role`, service: 'lambda.amazonaws.com' }),
  });
  await bench.boto.ok('iot.create_topic_rule', {
    ruleName,
    topicRulePayload: {
      sql: `SELECT * FROM '$aws/events/certificates/registered/${device.ca.id}'`,
      actions: [{ lambda: { functionArn } }],
      ruleDisabled,
    },
  });
  if (mayCall) {
    await bench.boto.ok('lambda.add_permission', {
      ...{ FunctionName: functionArn, StatementId: ruleName, Action: 'lambda:InvokeFunction' },
      ...{ Principal: 'iot.amazonaws.com', SourceArn: `arn:aws:iot:us-east-2:123456789012:rule/${ruleName}` },
    });
  }
  await bench.connect(device.chain, device.name);
  return { device: device.leaf };
}

export const REGISTRATION_ROWS: readonly DiagnosedRow[] = [
  {
    mistake: 22,
    code: 'registration-rule-missing',
    state: 'nobody hears of the registration',
    also: ['registration-needs-no-thing'],
    async bring(bench) {
      return { device: (await unheard(bench)).leaf };
    },
  },
  {
    mistake: 22,
    code: 'registration-rule-missing',
    state: 'the rule listens to the registrations of another CA',
    async bring(bench) {
      await heard(bench, 'Elsewhere', { mayCall: true });
      return { device: (await unheard(bench)).leaf };
    },
  },
  {
    mistake: 22,
    code: 'registration-rule-disabled',
    state: 'the rule that hears of it is switched off',
    bring: (bench) => heard(bench, 'Asleep', { ruleDisabled: true }),
  },
  {
    mistake: 22,
    code: 'function-may-not-be-called',
    state: 'the function was never told to let AWS IoT call it',
    bring: (bench) => heard(bench, 'Barred'),
  },
  {
    mistake: 22,
    code: 'function-did-not-activate',
    state: 'the function is called and does nothing',
    bring: (bench) => heard(bench, 'Idle', { mayCall: true }),
  },
  {
    mistake: 23,
    code: 'registration-needs-no-thing',
    state: 'somebody activated the device and gave it a policy, but no thing',
    hangsAt: 'nothing',
    async bring(bench) {
      const device = await unheard(bench);
      await bench.boto.ok('iot.attach_policy', { policyName: 'Fleet', target: bench.arn(device) });
      await bench.boto.ok('iot.update_certificate', { certificateId: device.leaf.id, newStatus: 'ACTIVE' });
      return { device: device.leaf };
    },
  },
];
