/**
 * Provisioning under a role that may not, at a rate that is too high, or that nobody has tried again.
 * @module
 */
import type { DiagnosedRow } from '@/lib/aws/diagnosis/testing/diagnosed-row';
import { type DiagnosisBench, statement, thingTemplate } from '@/lib/aws/diagnosis/testing/diagnosis-bench';
import { makeProvisioningRole } from '@/lib/sandbox/testing/provisioning-role';

/** A device that came once, under a CA whose template is right and whose role is this one. */
async function stuck(bench: DiagnosisBench, roleArn: string) {
  const device = await bench.fleet({ registration: bench.inline(thingTemplate(), roleArn) });
  await bench.firstConnect(device);
  return { device: device.leaf };
}

const ON_RECORD = { isCloudTrailWanted: true };
/** AWS IoT Core quotas. */
const POLICIES_PER_CERTIFICATE_MAX = 10;
const REGISTER_THING_PER_SECOND = 10;

export const PROVISIONING_ROWS: readonly DiagnosedRow[] = [
  {
    mistake: 18,
    code: 'reconnect-to-retry',
    state:
      'the role was mended after the device had come; nothing is wrong any more, and it has not come again',
    also: ['fleet-provisioning-on-top'],
    async bring(bench) {
      const role = await makeProvisioningRole(bench.boto, 'Mended', { service: 'lambda.amazonaws.com' });
      const brought = await stuck(bench, role);
      const trust = {
        Effect: 'Allow',
        Principal: { Service: 'iot.amazonaws.com' },
        Action: 'sts:AssumeRole',
      };
      await bench.boto.ok('iam.update_assume_role_policy', {
        RoleName: 'Mended',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
      });
      return brought;
    },
  },
  {
    mistake: 19,
    code: 'role-denied',
    state: 'the role may describe, and nothing else',
    async bring(bench) {
      const statements = [statement('Allow', 'DescribeCertificate', '*')];
      return stuck(bench, await makeProvisioningRole(bench.boto, 'Powerless', { statements }));
    },
  },
  {
    mistake: 19,
    code: 'role-denied',
    state: 'the same, and CloudTrail has the refusal',
    async bring(bench) {
      const statements = [statement('Allow', 'DescribeCertificate', '*')];
      const role = await makeProvisioningRole(bench.boto, 'PowerlessOnRecord', { statements });
      return { ...(await stuck(bench, role)), brought: ON_RECORD };
    },
  },
  {
    mistake: 19,
    code: 'role-not-trusting',
    state: 'the role trusts Lambda in place of AWS IoT',
    bring: async (bench) =>
      stuck(bench, await makeProvisioningRole(bench.boto, 'Aloof', { service: 'lambda.amazonaws.com' })),
  },
  {
    mistake: 19,
    code: 'role-missing',
    state: 'the role was deleted since',
    async bring(bench) {
      const role = await makeProvisioningRole(bench.boto, 'Deleted', {
        statements: [statement('Allow', 'DescribeCertificate', '*')],
      });
      const device = await bench.fleet({ registration: bench.inline(thingTemplate(), role) });
      await bench.boto.ok('iam.delete_role_policy', { RoleName: 'Deleted', PolicyName: 'provisioning' });
      await bench.boto.ok('iam.delete_role', { RoleName: 'Deleted' });
      await bench.firstConnect(device);
      return { device: device.leaf };
    },
  },
  {
    mistake: 19,
    code: 'role-of-other-account',
    state: 'the CA names a role of another account',
    bring: (bench) => stuck(bench, 'arn:aws:iam::210987654321:role/Provisioning'),
  },
  {
    mistake: 26,
    code: 'policy-limit-reached',
    state: 'ten policies hang on the certificate, and the template brings the eleventh',
    async bring(bench) {
      const registration = bench.inline(thingTemplate({ ThingTypeName: 'Late' }));
      const device = await bench.fleet({ registration });
      await bench.firstConnect(device);
      for (let index = 0; index < POLICIES_PER_CERTIFICATE_MAX; index += 1) {
        const policyName = `Many-${index}`;
        const policyDocument = JSON.stringify({
          Version: '2012-10-17',
          Statement: [statement('Allow', 'Connect', `client/${index}`)],
        });
        await bench.boto.ok('iot.create_policy', { policyName, policyDocument });
        await bench.boto.ok('iot.attach_policy', { policyName, target: bench.arn(device) });
      }
      await bench.boto.ok('iot.create_thing_type', { thingTypeName: 'Late' });
      await bench.firstConnect(device);
      return { device: device.leaf, brought: ON_RECORD };
    },
  },
  {
    mistake: 27,
    code: 'provisioning-throttled',
    state: 'a batch came at once, and CloudTrail has the ThrottlingException',
    async bring(bench) {
      const device = await bench.fleet();
      bench.throttle();
      for (let call = 0; call < REGISTER_THING_PER_SECOND; call += 1) {
        await bench.boto.refusal('iot.register_thing', { templateBody: '{}' });
      }
      await bench.firstConnect(device);
      return { device: device.leaf, brought: ON_RECORD };
    },
  },
  {
    code: 'register-thing-failed',
    state:
      'the template named a thing type that was made only after the device had come, and CloudTrail has the refusal',
    async bring(bench) {
      const registration = bench.inline(thingTemplate({ ThingTypeName: 'Later' }));
      const device = await bench.fleet({ registration });
      await bench.firstConnect(device);
      await bench.boto.ok('iot.create_thing_type', { thingTypeName: 'Later' });
      return { device: device.leaf, brought: ON_RECORD };
    },
  },
];
