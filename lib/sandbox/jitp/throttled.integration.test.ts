/** Provisioning and its traces under AWS's default rates, with a clock that stands still. */
import { afterAll, beforeAll, expect } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker } from '@/lib/sandbox/testing/certificate-maker';
import { makeProvisioningRole } from '@/lib/sandbox/testing/provisioning-role';
import { firstContact } from './testing/first-contact';
import { FLEET_POLICY, templateText } from './testing/template-text';

let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;
/** Ahead of the certificates that OpenSSL makes while the test runs. */
let now = Date.now() + 60_000;

beforeAll(async () => {
  [sandbox, maker] = await Promise.all([
    startSandbox({ throttled: true, now: () => new Date(now) }),
    CertificateMaker.open(),
  ]);
  boto = new Boto(sandbox.api);
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

behaviour(
  'Provisioning is held to the account’s rates: over 10 RegisterThing a second, the certificate stays PENDING_ACTIVATION with ThrottlingException, until its device comes again',
  {
    known: 'documented',
    source: 'guide, "Just-in-time provisioning": note on throttling; AWS IoT Core quotas',
  },
  async () => {
    const ca = await maker.ca({ subject: '/CN=busy' });
    const device = await maker.leaf(ca, { subject: '/CN=eleventh' });
    const roleArn = await makeProvisioningRole(boto, 'Provisioning');
    await boto.ok('iot.create_policy', { policyName: 'Fleet', policyDocument: FLEET_POLICY });
    await boto.ok('iot.register_ca_certificate', {
      ...{ caCertificate: ca.pem, certificateMode: 'SNI_ONLY' },
      ...{ setAsActive: true, allowAutoRegistration: true },
      registrationConfig: { templateBody: templateText(), roleArn },
    });
    for (let call = 0; call < 10; call += 1) {
      const { name } = await boto.refusal('iot.register_thing', { templateBody: '{}' });
      expect(name).toBe('InvalidRequestException');
    }
    expect(await firstContact(sandbox, device)).toMatchObject({
      code: 'provisioning-step-failed',
      params: { awsName: 'ThrottlingException', action: 'iot:RegisterThing' },
    });
    now += 1_000;
    expect((await firstContact(sandbox, device)).code).toBe('provisioned');
  },
);

behaviour(
  'LookupEvents is held to two calls a second: ThrottlingException 400 for a third',
  { known: 'documented', source: 'CloudTrail API reference, LookupEvents' },
  async () => {
    await boto.ok('cloudtrail.lookup_events');
    await boto.ok('cloudtrail.lookup_events');
    expect(await boto.refusal('cloudtrail.lookup_events')).toMatchObject({
      name: 'ThrottlingException',
      status: 400,
    });
  },
);
