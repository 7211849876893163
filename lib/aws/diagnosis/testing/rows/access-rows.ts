/**
 * Active devices whose policies do not let them do what they try.
 * @module
 */
import type { DiagnosedRow } from '@/lib/aws/diagnosis/testing/diagnosed-row';
import { type DiagnosisBench, statement } from '@/lib/aws/diagnosis/testing/diagnosis-bench';
import { readText } from '@/lib/diagnosis/read-text';

/** A device that tries once with these statements in place of the policy `Fleet`. */
async function withPolicy(bench: DiagnosisBench, ...statements: readonly object[]) {
  const device = await bench.activated();
  await bench.repolicy(device, ...statements);
  return { ...device, log: await bench.connect(device.leaf, device.name) };
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable is written so.
const OWN_NAME = statement('Allow', 'Connect', 'client/${iot:Connection.Thing.ThingName}');
const ANY_CLIENT = statement('Allow', 'Connect', 'client/*');

export const ACCESS_ROWS: readonly DiagnosedRow[] = [
  {
    mistake: 14,
    code: 'policy-not-attached',
    state: 'the policy was detached',
    bring: async (bench) => ({ device: (await withPolicy(bench)).leaf }),
  },
  {
    mistake: 14,
    code: 'connect-denied',
    state: 'the policy allows iot:Connect on a topic',
    async bring(bench) {
      const { leaf } = await withPolicy(bench, statement('Allow', 'Connect', 'topic/*'));
      return { device: leaf };
    },
  },
  {
    mistake: 14,
    code: 'connect-denied-explicitly',
    state: 'the policy allows and denies',
    async bring(bench) {
      const { leaf } = await withPolicy(bench, ANY_CLIENT, statement('Deny', 'Connect', 'client/*'));
      return { device: leaf };
    },
  },
  {
    mistake: 15,
    code: 'client-id-not-thing-name',
    state: 'mosquitto connects as laptop, and the policy wants the thing’s name',
    async bring(bench) {
      const { leaf } = await withPolicy(bench, OWN_NAME);
      const { given } = readText(await bench.connect(leaf, 'laptop')).lookUp;
      return { device: leaf, brought: { given } };
    },
  },
  {
    mistake: 15,
    code: 'thing-not-attached',
    state: 'the thing was detached, and the policy wants its name',
    async bring(bench) {
      const device = await bench.activated();
      await bench.repolicy(device, OWN_NAME);
      await bench.boto.ok('iot.detach_thing_principal', {
        thingName: device.name,
        principal: bench.arn(device),
      });
      await bench.connect(device.leaf, device.name);
      return { device: device.leaf };
    },
  },
  {
    mistake: 16,
    code: 'topic-denied-by-reason',
    state: 'mosquitto may connect, and was thrown out for what it published',
    also: ['not-connected-now'],
    bring: async (bench) => ({ device: (await withPolicy(bench, ANY_CLIENT)).leaf }),
  },
  {
    mistake: 16,
    code: 'topic-denied',
    state: 'the same, and the person says which topic',
    also: ['not-connected-now'],
    async bring(bench) {
      const { leaf, name } = await withPolicy(bench, ANY_CLIENT);
      return { device: leaf, brought: { topics: [{ action: 'PUBLISH', name: `${name}/test` }] } };
    },
  },
];
