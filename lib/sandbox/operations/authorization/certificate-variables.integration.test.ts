/** What the limits of certificate variables mean to a decision. */
import { afterAll, beforeAll, expect } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker, type CertificateOrder } from '@/lib/sandbox/testing/certificate-maker';

const TOPIC = 'arn:aws:iot:us-east-2:123456789012:topic/';
let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;
beforeAll(async () => {
  [sandbox, maker] = await Promise.all([startSandbox(), CertificateMaker.open()]);
  boto = new Boto(sandbox.api);
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

let count = 0;
/** Publishes of a certificate that may publish on `<value of the variable>`, as a function of the topic. */
async function publisher(variable: string, order: CertificateOrder) {
  const { pem: certificatePem } = await maker.ca(order);
  const { certificateArn: principal } = await boto.ok('iot.register_certificate_without_ca', {
    certificatePem,
  });
  count += 1;
  const policyName = `variable-${count}`;
  const Statement = [{ Effect: 'Allow', Action: 'iot:Publish', Resource: `${TOPIC}\${${variable}}` }];
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await boto.ok('iot.create_policy', { policyName, policyDocument });
  await boto.ok('iot.attach_policy', { policyName, target: principal });
  return async (topic: string): Promise<string> => {
    const authInfos = [{ actionType: 'PUBLISH', resources: [TOPIC + topic] }];
    const { authResults } = await boto.ok('iot.test_authorization', { principal, authInfos });
    return authResults[0].authDecision;
  };
}

behaviour(
  'Of a certificate field with several values the first five are variables, and no more',
  { known: 'documented', source: 'guide, "X.509 Certificate AWS IoT Core policy variables"' },
  async () => {
    const subject = `/CN=units${['a', 'b', 'c', 'd', 'e', 'f'].map((unit) => `/OU=${unit}`).join('')}`;
    const unit = 'iot:Certificate.Subject.OrganizationalUnit';
    const fifth = await publisher(`${unit}.4`, { subject });
    const sixth = await publisher(`${unit}.5`, { subject });
    expect([await fifth('e'), await sixth('f')]).toEqual(['ALLOWED', 'IMPLICIT_DENY']);
  },
);

behaviour(
  'A certificate value of more than 1024 characters is no variable',
  { known: 'documented', source: 'guide, "X.509 Certificate AWS IoT Core policy variables"' },
  async () => {
    const variable = 'iot:Certificate.Subject.AlternativeName.UniformResourceIdentifier';
    const decisions: string[] = [];
    for (const length of [1024, 1025]) {
      const uri = `u:${'x'.repeat(length - 2)}`;
      const extensions = `basicConstraints=CA:TRUE\nsubjectAltName=URI:${uri}`;
      const publish = await publisher(variable, { subject: `/CN=long ${length}`, extensions });
      decisions.push(await publish(uri));
    }
    expect(decisions).toEqual(['ALLOWED', 'IMPLICIT_DENY']);
  },
);
