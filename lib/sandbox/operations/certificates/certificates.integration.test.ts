/** The rules about device certificates, with certificates by OpenSSL, through boto3. */
import { RegisterCertificateCommand } from '@aws-sdk/client-iot';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { firstContact } from '@/lib/sandbox/jitp/testing/first-contact';
import { FLEET_POLICY, ref, templateText } from '@/lib/sandbox/jitp/testing/template-text';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker, ecKey, type Made, rsaKey } from '@/lib/sandbox/testing/certificate-maker';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { makeProvisioningRole } from '@/lib/sandbox/testing/provisioning-role';

let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;
/** Active, with auto-registration and no template. */
let issuer: Made;

beforeAll(async () => {
  [sandbox, maker] = await Promise.all([startSandbox(), CertificateMaker.open()]);
  boto = new Boto(sandbox.api);
  issuer = await maker.ca({ subject: '/CN=issuer' });
  await registerCa(issuer, { allowAutoRegistration: true });
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

const registerCa = (ca: Made, more: object = {}) =>
  boto.ok('iot.register_ca_certificate', {
    ...{ caCertificate: ca.pem, certificateMode: 'SNI_ONLY', setAsActive: true },
    ...more,
  });
const register = ({ pem }: Made, more: object = {}) =>
  boto.ok('iot.register_certificate', { certificatePem: pem, ...more });
const refused = ({ pem }: Made, more: object = {}) =>
  boto.refusal('iot.register_certificate', { certificatePem: pem, ...more });
const descriptionOf = async ({ id }: { id: string }) =>
  (await boto.ok('iot.describe_certificate', { certificateId: id }))['certificateDescription'];
const update = ({ id }: Made, newStatus: string) =>
  boto.ok('iot.update_certificate', { certificateId: id, newStatus });
const arnOf = ({ id }: Made) => `arn:aws:iot:us-east-2:123456789012:cert/${id}`;

let count = 0;
const leafOf = (ca = issuer) => {
  count += 1;
  return maker.leaf(ca, { subject: `/CN=leaf-${count}` });
};
/** A registered certificate of the issuer. */
async function registered(status = 'INACTIVE'): Promise<Made> {
  const made = await leafOf();
  await register(made, { status });
  return made;
}
/** One that a device has brought. */
async function pending(): Promise<Made> {
  const made = await leafOf();
  await firstContact(sandbox, made);
  return made;
}
const invalid = { name: 'CertificateValidationException', status: 400 };
const unknownCa = {
  name: 'CertificateStateException',
  status: 406,
  message: 'No CA certificate exists for the given certificate',
};
const wrongState = { name: 'CertificateStateException', status: 406 };

describe('RegisterCertificate', () => {
  behaviour(
    'A certificate is registered INACTIVE under its CA and in its mode, ACTIVE with setAsActive; its id is the SHA-256 of its DER',
    { known: 'documented', source: 'API reference, RegisterCertificate; getmoto/moto #3321 (id)' },
    async () => {
      const made = await leafOf();
      expect(await register(made)).toEqual({ certificateId: made.id, certificateArn: arnOf(made) });
      expect(await descriptionOf(made)).toMatchObject({
        ...{ certificateArn: arnOf(made), certificatePem: made.pem, ownedBy: '123456789012' },
        ...{
          status: 'INACTIVE',
          caCertificateId: issuer.id,
          certificateMode: 'SNI_ONLY',
          customerVersion: 1,
        },
        validity: { notBefore: expect.any(String), notAfter: expect.any(String) },
      });
      const active = await leafOf();
      await register(active, { setAsActive: true });
      expect((await descriptionOf(active)).status).toBe('ACTIVE');
      const { certificates } = await boto.ok('iot.list_certificates_by_ca', { caCertificateId: issuer.id });
      expect(certificates[0]).toMatchObject({
        certificateId: active.id,
        status: 'ACTIVE',
        certificateMode: 'SNI_ONLY',
      });
    },
  );

  behaviour(
    'The CA of a certificate is registered in the Region and ACTIVE',
    { known: 'documented', source: 'guide, "Register a client certificate manually"' },
    async () => {
      const stranger = await maker.ca({ subject: '/CN=stranger' });
      const made = await leafOf(stranger);
      expect(await refused(made)).toEqual(unknownCa);
      await registerCa(stranger, { setAsActive: false });
      expect(await refused(made)).toMatchObject(wrongState);
      await boto.ok('iot.update_ca_certificate', { certificateId: stranger.id, newStatus: 'ACTIVE' });
      await register(made);
      const elsewhere = { certificatePem: made.pem };
      expect(await boto.refusal('iot.register_certificate', elsewhere, 'eu-west-1')).toEqual(unknownCa);
    },
  );

  behaviour(
    'A CA certificate that is given and not registered is CertificateStateException 406, "No CA certificate exists for the given certificate"',
    { known: 'measured', source: 'hozi-dev/article on GitHub, own CA certificates with AWS IoT' },
    async () => {
      const made = await leafOf();
      const { pem } = await maker.ca({ subject: '/CN=never registered' });
      expect(await refused(made, { caCertificatePem: pem })).toEqual(unknownCa);
    },
  );

  behaviour(
    'Where several CAs have the subject, the CA certificate has to be given: CertificateConflictException 409 without it',
    { known: 'documented', source: 'API reference, RegisterCertificate' },
    async () => {
      const [first, second] = [
        await maker.ca({ subject: '/CN=same' }),
        await maker.ca({ subject: '/CN=same' }),
      ];
      for (const ca of [first, second]) await registerCa(ca);
      const made = await leafOf(second);
      expect(await refused(made)).toMatchObject({ name: 'CertificateConflictException', status: 409 });
      expect(await refused(made, { caCertificatePem: first.pem })).toMatchObject(invalid);
      await register(made, { caCertificatePem: second.pem });
    },
  );

  behaviour(
    'A certificate that is registered already is ResourceAlreadyExistsException 409 with its id and ARN',
    { known: 'documented', source: 'API reference, RegisterCertificate; text of getmoto/moto' },
    async () => {
      const made = await registered();
      const again = clientsFor(sandbox.api).iot.send(
        new RegisterCertificateCommand({ certificatePem: made.pem }),
      );
      await expect(again).rejects.toMatchObject({
        name: 'ResourceAlreadyExistsException',
        message: expect.stringContaining('The certificate is already provisioned or registered'),
        $metadata: { httpStatusCode: 409 },
        resourceId: made.id,
        resourceArn: arnOf(made),
      });
    },
  );

  behaviour(
    'A certificate without extensions, X.509 version 1, is taken',
    { known: 'measured', source: "AWS's own OpenSSL examples make such certificates" },
    async () => {
      for (const key of [rsaKey(2048), ecKey('P-384')]) {
        await register(await maker.leaf(issuer, { subject: '/CN=version one', key }));
      }
    },
  );

  behaviour(
    'A certificate that has ended, has a weak key or is none is CertificateValidationException 400',
    { known: 'documented', source: 'guide, "X.509 client certificates"' },
    async () => {
      expect(await refused(await maker.leaf(issuer, { days: -1 }))).toMatchObject(invalid);
      expect(await refused(await maker.leaf(issuer, { key: rsaKey(1024) }))).toMatchObject(invalid);
      const nonsense = { certificatePem: 'nonsense' };
      for (const call of ['iot.register_certificate', 'iot.register_certificate_without_ca']) {
        expect(await boto.refusal(call, nonsense)).toMatchObject(invalid);
      }
    },
  );

  behaviour(
    'A certificate that says another CA than the one which signed it is refused',
    { known: 'documented', source: 'API reference, RegisterCertificate' },
    async () => {
      const forger = await maker.ca({ subject: '/CN=issuer' });
      expect(await refused(await leafOf(forger))).toMatchObject(invalid);
    },
  );

  behaviour(
    'Registering by hand publishes no registered event',
    { known: 'measured', source: 'ministackorg/ministack #1755' },
    async () => {
      const topics: string[] = [];
      const stop = sandbox.state.messageBus?.listen(({ topic }) => topics.push(topic));
      await registered('ACTIVE');
      expect(topics).toEqual([]);
      await pending();
      expect(topics).toContain(`$aws/events/certificates/registered/${issuer.id}`);
      stop?.();
    },
  );
});

describe('RegisterCertificateWithoutCA', () => {
  behaviour(
    'A certificate of any issuer is registered without CA, in mode SNI_ONLY',
    { known: 'documented', source: 'API reference, RegisterCertificateWithoutCA' },
    async () => {
      const made = await leafOf(await maker.ca({ subject: '/CN=nobody' }));
      await boto.ok('iot.register_certificate_without_ca', { certificatePem: made.pem, status: 'ACTIVE' });
      const described = await descriptionOf(made);
      expect(described).toMatchObject({ status: 'ACTIVE', certificateMode: 'SNI_ONLY' });
      expect(described.caCertificateId).toBeUndefined();
    },
  );

  behaviour(
    'Nothing is registered as PENDING_ACTIVATION: CertificateStateException 406 with AWS’s text',
    { known: 'measured', source: 'ministackorg/ministack #1755' },
    async () => {
      const made = await leafOf();
      const status = 'PENDING_ACTIVATION';
      for (const call of ['iot.register_certificate', 'iot.register_certificate_without_ca']) {
        expect(await boto.refusal(call, { certificatePem: made.pem, status })).toEqual({
          ...wrongState,
          message: 'Not allowed to register certificate with PENDING_ACTIVATION status',
        });
      }
    },
  );
});

behaviour(
  'The deprecated status REGISTER_INACTIVE is InvalidRequestException 400',
  { known: 'assumed', source: 'API reference, CertificateStatus' },
  async () => {
    const certificatePem = (await leafOf()).pem;
    const input = { certificatePem, status: 'REGISTER_INACTIVE' };
    expect(await boto.refusal('iot.register_certificate_without_ca', input)).toMatchObject({
      name: 'InvalidRequestException',
      status: 400,
    });
  },
);

describe('the status of a certificate', () => {
  behaviour(
    'UpdateCertificate sets ACTIVE, INACTIVE and REVOKED, again without effect; it refuses the pending ones',
    { known: 'documented', source: 'API reference, UpdateCertificate' },
    async () => {
      const made = await registered();
      await update(made, 'ACTIVE');
      await update(made, 'ACTIVE');
      expect(await descriptionOf(made)).toMatchObject({ status: 'ACTIVE', customerVersion: 2 });
      await update(made, 'INACTIVE');
      for (const newStatus of ['PENDING_ACTIVATION', 'PENDING_TRANSFER']) {
        const input = { certificateId: made.id, newStatus };
        expect(await boto.refusal('iot.update_certificate', input)).toMatchObject(wrongState);
      }
      expect((await descriptionOf(made)).status).toBe('INACTIVE');
    },
  );

  behaviour(
    'A certificate that waits for activation can be set to ACTIVE, INACTIVE or REVOKED by hand',
    { known: 'documented', source: 'guide, "Register a client certificate when the client connects"' },
    async () => {
      for (const status of ['ACTIVE', 'INACTIVE', 'REVOKED']) {
        const made = await pending();
        expect((await descriptionOf(made)).status).toBe('PENDING_ACTIVATION');
        await update(made, status);
        expect((await descriptionOf(made)).status).toBe(status);
      }
    },
  );

  behaviour(
    'A REVOKED certificate stays revoked: CertificateStateException 406',
    { known: 'assumed', source: 'guide, "Revoke a client certificate": cannot be reactivated' },
    async () => {
      const made = await registered('REVOKED');
      for (const newStatus of ['ACTIVE', 'INACTIVE']) {
        const input = { certificateId: made.id, newStatus };
        expect(await boto.refusal('iot.update_certificate', input)).toMatchObject(wrongState);
      }
    },
  );
});

describe('DeleteCertificate', () => {
  behaviour(
    'A certificate is deleted only when it is not ACTIVE, then when no thing has it, then when no policy is attached, in AWS’s words and order',
    { known: 'measured', source: 'getmoto/moto, tests' },
    async () => {
      const made = await registered('ACTIVE');
      const principal = arnOf(made);
      await boto.ok('iot.create_policy', { policyName: 'Held', policyDocument: FLEET_POLICY });
      await boto.ok('iot.attach_policy', { policyName: 'Held', target: principal });
      await boto.ok('iot.create_thing', { thingName: 'held' });
      await boto.ok('iot.attach_thing_principal', { thingName: 'held', principal });
      const input = { certificateId: made.id };
      const message = async (forceDelete = false) =>
        (await boto.refusal('iot.delete_certificate', { ...input, forceDelete })).message;
      expect(await message(true)).toContain('Certificate must be deactivated (not ACTIVE) before deletion.');
      await update(made, 'INACTIVE');
      expect(await message(true)).toBe(`Things must be detached before deletion (arn: ${principal})`);
      await boto.ok('iot.detach_thing_principal', { thingName: 'held', principal });
      expect(await message()).toBe(
        `Certificate policies must be detached before deletion (arn: ${principal})`,
      );
    },
  );

  behaviour(
    'DeleteCertificate with forceDelete deletes a certificate with its policies attached',
    { known: 'documented', source: 'API reference, DeleteCertificate' },
    async () => {
      const made = await registered();
      await boto.ok('iot.create_policy', { policyName: 'Forced', policyDocument: FLEET_POLICY });
      await boto.ok('iot.attach_policy', { policyName: 'Forced', target: arnOf(made) });
      const input = { certificateId: made.id };
      expect(await boto.refusal('iot.delete_certificate', input)).toMatchObject({
        name: 'DeleteConflictException',
        status: 409,
      });
      await boto.ok('iot.delete_certificate', { ...input, forceDelete: true });
      expect((await boto.refusal('iot.describe_certificate', input)).status).toBe(404);
      expect((await boto.refusal('iot.delete_certificate', input)).status).toBe(404);
      await boto.ok('iot.delete_policy', { policyName: 'Forced' });
    },
  );
});

describe('lists of certificates', () => {
  behaviour(
    'ListCertificates rows carry ARN, id, status, mode and creation date, no CA',
    { known: 'documented', source: 'API reference, Certificate' },
    async () => {
      const made = await registered();
      const { certificates } = await boto.ok('iot.list_certificates', { pageSize: 1 });
      expect(certificates).toEqual([
        {
          ...{ certificateArn: arnOf(made), certificateId: made.id, status: 'INACTIVE' },
          ...{ certificateMode: 'SNI_ONLY', creationDate: expect.any(String) },
        },
      ]);
    },
  );

  behaviour(
    'A CA that is not registered has no certificates: the list is empty',
    { known: 'assumed', source: 'API reference, ListCertificatesByCA declares no ResourceNotFoundException' },
    async () => {
      const answer = await boto.ok('iot.list_certificates_by_ca', { caCertificateId: '0'.repeat(64) });
      expect(answer['certificates']).toEqual([]);
    },
  );

  behaviour(
    'A certificate is of one Region',
    { known: 'documented', source: 'guide, "X.509 client certificates"' },
    async () => {
      const { id: certificateId } = await registered();
      const there = await boto.refusal('iot.describe_certificate', { certificateId }, 'eu-west-1');
      expect(there).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    },
  );
});

behaviour(
  'A new certificate for the same common name is another certificate, attached to the same thing',
  { known: 'documented', source: 'aws/aws-iot-device-sdk-embedded-C #635' },
  async () => {
    const ca = await maker.ca({ subject: '/CN=reissuer' });
    const templateBody = templateText({
      parameters: ['CommonName'],
      thing: { ThingName: ref('CommonName') },
    });
    const roleArn = await makeProvisioningRole(boto, 'Reissue');
    await boto.ok('iot.create_policy', { policyName: 'Fleet', policyDocument: FLEET_POLICY });
    await registerCa(ca, { allowAutoRegistration: true, registrationConfig: { templateBody, roleArn } });
    const [old, fresh] = [
      await maker.leaf(ca, { subject: '/CN=flashed' }),
      await maker.leaf(ca, { subject: '/CN=flashed' }),
    ];
    for (const device of [old, fresh]) {
      expect((await firstContact(sandbox, device)).code).toBe('provisioned');
    }
    const { principals } = await boto.ok('iot.list_thing_principals', { thingName: 'flashed' });
    expect(new Set(principals)).toEqual(new Set([arnOf(old), arnOf(fresh)]));
    for (const device of [old, fresh]) expect((await descriptionOf(device)).status).toBe('ACTIVE');
  },
);
