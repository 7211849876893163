import {
  DeleteCACertificateCommand,
  DeleteCertificateCommand,
  DescribeCACertificateCommand,
  DescribeCertificateCommand,
  GetRegistrationCodeCommand,
  type IoTClient,
  ListCACertificatesCommand,
  ListCertificatesByCACommand,
  ListCertificatesCommand,
  RegisterCACertificateCommand,
  type RegisterCACertificateCommandInput,
  RegisterCertificateCommand,
  RegisterCertificateWithoutCACommand,
  UpdateCACertificateCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from './start-sandbox';
import {
  CertificateMaker,
  type CertificateOrder,
  ecKey,
  type Made,
  rsaKey,
} from './testing/certificate-maker';
import { clientsFor, refusalOf } from './testing/clients';

const ROLE_ARN = 'arn:aws:iam::123456789012:role/JITPRole';
const TEMPLATE = JSON.stringify({
  Parameters: { 'AWS::IoT::Certificate::Id': { Type: 'String' } },
  Resources: {
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
    },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'Fleet' } },
  },
});

let sandbox: Sandbox;
let maker: CertificateMaker;
let iot: IoTClient;

beforeAll(async () => {
  sandbox = await startSandbox();
  maker = await CertificateMaker.open();
  iot = clientsFor(sandbox.api).iot;
});
afterAll(async () => {
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

const code = async () => (await iot.send(new GetRegistrationCodeCommand({}))).registrationCode ?? '';

async function verificationOf(ca: Made, order: CertificateOrder = {}): Promise<string> {
  return (await maker.leaf(ca, { subject: `/CN=${await code()}`, ...order })).pem;
}

const register = (input: RegisterCACertificateCommandInput) =>
  iot.send(new RegisterCACertificateCommand(input));

/** Registers a CA without proof, which is quicker where the proof is not what is tested. */
const registerSniOnly = (ca: Made, more: Partial<RegisterCACertificateCommandInput> = {}) =>
  register({ caCertificate: ca.pem, certificateMode: 'SNI_ONLY', ...more });

describe('RegisterCACertificate', () => {
  it('takes a CA with proof, a template and tags, and describes it as it was given', async () => {
    const ca = await maker.ca({ subject: '/C=IN/O=AMZ', key: rsaKey(2048) });
    const registered = await register({
      caCertificate: ca.pem,
      verificationCertificate: await verificationOf(ca),
      setAsActive: true,
      allowAutoRegistration: true,
      registrationConfig: { templateBody: TEMPLATE, roleArn: ROLE_ARN },
      tags: [{ Key: 'line', Value: '7' }],
    });
    expect(registered).toMatchObject({
      certificateId: ca.id,
      certificateArn: `arn:aws:iot:us-east-2:123456789012:cacert/${ca.id}`,
    });
    const described = await iot.send(new DescribeCACertificateCommand({ certificateId: ca.id }));
    expect(described.certificateDescription).toMatchObject({
      certificateId: ca.id,
      certificatePem: ca.pem,
      status: 'ACTIVE',
      autoRegistrationStatus: 'ENABLE',
      certificateMode: 'DEFAULT',
      ownedBy: '123456789012',
      customerVersion: 1,
    });
    expect(described.certificateDescription?.creationDate).toBeInstanceOf(Date);
    expect(described.certificateDescription?.validity?.notAfter).toBeInstanceOf(Date);
    expect(described.registrationConfig).toEqual({ templateBody: TEMPLATE, roleArn: ROLE_ARN });
  });

  it('starts INACTIVE with auto-registration off unless asked otherwise', async () => {
    const ca = await maker.ca({ subject: '/CN=defaults' });
    await registerSniOnly(ca);
    const { certificateDescription } = await iot.send(
      new DescribeCACertificateCommand({ certificateId: ca.id }),
    );
    expect(certificateDescription).toMatchObject({
      status: 'INACTIVE',
      autoRegistrationStatus: 'DISABLE',
      certificateMode: 'SNI_ONLY',
    });
  });

  it.each<[name: string, order: CertificateOrder, message: RegExp]>([
    ['has no extensions', { extensions: '' }, /does not have the basicConstraints extension as true/],
    ['says CA:FALSE', { extensions: 'basicConstraints=CA:FALSE' }, /basicConstraints/],
    ['has ended', { days: -1 }, /validity period/],
    ['has an RSA key of 1024 bits', { key: rsaKey(1024) }, /key of the CA certificate is not supported/],
    ['has a key on secp256k1', { key: ecKey('secp256k1') }, /key of the CA certificate is not supported/],
    ['is signed with SHA-1', { digest: 'sha1' }, /signature algorithm/],
  ])('refuses a CA that %s', async (_name, order, message) => {
    const ca = await maker.ca(order);
    const refusal = await refusalOf(registerSniOnly(ca));
    expect(refusal).toMatchObject({ name: 'CertificateValidationException', status: 400 });
    expect(refusal.message).toMatch(message);
  });

  it.each([
    ['P-384', ecKey('P-384'), 'sha384'],
    ['P-521', ecKey('P-521'), 'sha512'],
    ['RSA 3072', rsaKey(3072), 'sha384'],
  ])('takes a CA with a %s key', async (name, key, digest) => {
    const ca = await maker.ca({ subject: `/CN=${name}`, key, digest });
    expect((await registerSniOnly(ca)).certificateId).toBe(ca.id);
  });

  it('judges the verification certificate', async () => {
    const ca = await maker.ca({ subject: '/CN=proof' });
    const other = await maker.ca({ subject: '/CN=proof' });
    const refused = async (verificationCertificate: string | undefined) => {
      const { name, status } = await refusalOf(register({ caCertificate: ca.pem, verificationCertificate }));
      return `${status} ${name}`;
    };
    expect(await refused(undefined)).toBe('400 InvalidRequestException');
    expect(await refused((await maker.leaf(ca, { subject: '/CN=0123' })).pem)).toBe(
      '400 RegistrationCodeValidationException',
    );
    expect(await refused(await verificationOf(other))).toBe('400 CertificateValidationException');
    expect(await refused(await verificationOf(ca, { days: -1 }))).toBe('400 CertificateValidationException');
    expect(await refused('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toBe(
      '400 CertificateValidationException',
    );
    const sniOnly = registerSniOnly(ca, { verificationCertificate: await verificationOf(ca) });
    expect((await refusalOf(sniOnly)).name).toBe('InvalidRequestException');
  });

  it('knows its registration code per Region', async () => {
    const elsewhere = clientsFor(sandbox.api, 'eu-central-1').iot;
    const there = await elsewhere.send(new GetRegistrationCodeCommand({}));
    expect(there.registrationCode).toMatch(/^[0-9a-f]{64}$/);
    expect(there.registrationCode).not.toBe(await code());
    expect(await code()).toBe(await code());
  });

  it('refuses the same CA twice, naming the one there is', async () => {
    const ca = await maker.ca({ subject: '/CN=twice' });
    await registerSniOnly(ca);
    await expect(registerSniOnly(ca)).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      resourceId: ca.id,
      resourceArn: `arn:aws:iot:us-east-2:123456789012:cacert/${ca.id}`,
    });
  });

  it('takes ten CAs with one subject, not eleven', async () => {
    for (let count = 0; count < 10; count += 1) {
      await registerSniOnly(await maker.ca({ subject: '/CN=crowd' }));
    }
    const eleventh = await refusalOf(registerSniOnly(await maker.ca({ subject: '/CN=crowd' })));
    expect(eleventh).toMatchObject({ name: 'LimitExceededException', status: 410 });
  });

  it('checks the registration config', async () => {
    const ca = await maker.ca({ subject: '/CN=config' });
    const refused = async (registrationConfig: RegisterCACertificateCommandInput['registrationConfig']) =>
      refusalOf(registerSniOnly(ca, { registrationConfig }));
    expect(await refused({ templateBody: TEMPLATE })).toMatchObject({ name: 'InvalidRequestException' });
    expect(await refused({ templateBody: '{', roleArn: ROLE_ARN })).toMatchObject({ status: 400 });
    expect(await refused({ templateBody: TEMPLATE, templateName: 'T' })).toMatchObject({
      name: 'InvalidRequestException',
    });
    expect(await refused({ templateName: 'T' })).toMatchObject({ name: 'ResourceNotFoundException' });
    const bare = TEMPLATE.replace('"PolicyName":"Fleet"', '');
    expect((await refused({ templateBody: bare, roleArn: ROLE_ARN })).message).toBe(
      'Invalid registration template. Neither policyName nor policyDocument is present in the Template.',
    );
  });
});

describe('a registered CA', () => {
  it('is switched between JITP and JITR, deactivated and deleted', async () => {
    const ca = await maker.ca({ subject: '/CN=life' });
    const update = (input: object) =>
      iot.send(new UpdateCACertificateCommand({ certificateId: ca.id, ...input }));
    const described = () => iot.send(new DescribeCACertificateCommand({ certificateId: ca.id }));
    await registerSniOnly(ca, { setAsActive: true });
    await update({
      newAutoRegistrationStatus: 'ENABLE',
      registrationConfig: { templateBody: TEMPLATE, roleArn: ROLE_ARN },
    });
    expect(await described()).toMatchObject({
      registrationConfig: { roleArn: ROLE_ARN },
      certificateDescription: { autoRegistrationStatus: 'ENABLE', customerVersion: 2 },
    });
    await update({ newAutoRegistrationStatus: 'DISABLE', removeAutoRegistration: true });
    expect((await described()).registrationConfig).toBeUndefined();

    const remove = () => iot.send(new DeleteCACertificateCommand({ certificateId: ca.id }));
    expect(await refusalOf(remove())).toMatchObject({ name: 'CertificateStateException', status: 406 });
    await update({ newStatus: 'INACTIVE' });
    await remove();
    expect(await refusalOf(described())).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    expect((await refusalOf(update({ newStatus: 'ACTIVE' }))).status).toBe(404);
  });

  it('is listed page by page, newest first, without its auto-registration status', async () => {
    const region = clientsFor(sandbox.api, 'eu-west-1').iot;
    const cas = [await maker.ca({ subject: '/CN=1' }), await maker.ca({ subject: '/CN=2' })];
    for (const ca of cas) {
      await region.send(
        new RegisterCACertificateCommand({ caCertificate: ca.pem, certificateMode: 'SNI_ONLY' }),
      );
    }
    const first = await region.send(new ListCACertificatesCommand({ pageSize: 1 }));
    expect(first.certificates?.map(({ certificateId }) => certificateId)).toEqual([cas[1]?.id]);
    expect(new Set(Object.keys(first.certificates?.[0] ?? {}))).toEqual(
      new Set(['certificateArn', 'certificateId', 'creationDate', 'status']),
    );
    const second = await region.send(
      new ListCACertificatesCommand({ pageSize: 1, marker: first.nextMarker }),
    );
    expect(second.certificates?.map(({ certificateId }) => certificateId)).toEqual([cas[0]?.id]);
    expect(second.nextMarker).toBeUndefined();
    const ascending = await region.send(new ListCACertificatesCommand({ ascendingOrder: true }));
    expect(ascending.certificates?.map(({ certificateId }) => certificateId)).toEqual(
      cas.map(({ id }) => id),
    );

    const tampered = Buffer.from(first.nextMarker ?? '', 'base64');
    tampered[3] = (tampered[3] ?? 0) ^ 1;
    const listWith = (marker: string) => region.send(new ListCACertificatesCommand({ marker }));
    const refused = await Promise.all([
      refusalOf(listWith(tampered.toString('base64'))),
      refusalOf(listWith('AAAA')),
      refusalOf(region.send(new ListCertificatesCommand({ marker: first.nextMarker }))),
    ]);
    expect(refused.map(({ name }) => name)).toEqual(Array(3).fill('InvalidRequestException'));
  });
});

describe('device certificates', () => {
  it('are registered under their CA, in its mode', async () => {
    const ca = await maker.ca({ subject: '/CN=issuer' });
    const device = await maker.leaf(ca, { subject: '/CN=thing-1', key: rsaKey(2048) });
    const registerDevice = () =>
      iot.send(new RegisterCertificateCommand({ certificatePem: device.pem, setAsActive: true }));
    expect((await refusalOf(registerDevice())).name).toBe('CertificateValidationException');
    await registerSniOnly(ca);
    expect(await refusalOf(registerDevice())).toMatchObject({ status: 406 });
    await iot.send(new UpdateCACertificateCommand({ certificateId: ca.id, newStatus: 'ACTIVE' }));
    expect((await registerDevice()).certificateId).toBe(device.id);
    const again = await refusalOf(registerDevice());
    expect(again).toMatchObject({ name: 'ResourceAlreadyExistsException', status: 409 });
    expect(again.message).toContain('The certificate is already provisioned or registered');
    const { certificateDescription } = await iot.send(
      new DescribeCertificateCommand({ certificateId: device.id }),
    );
    expect(certificateDescription).toMatchObject({
      status: 'ACTIVE',
      caCertificateId: ca.id,
      certificateMode: 'SNI_ONLY',
    });
    const byCa = await iot.send(new ListCertificatesByCACommand({ caCertificateId: ca.id }));
    expect(byCa.certificates).toMatchObject([{ certificateId: device.id, status: 'ACTIVE' }]);
    const byUnknown = await iot.send(new ListCertificatesByCACommand({ caCertificateId: '0'.repeat(64) }));
    expect(byUnknown.certificates).toEqual([]);
  });

  it('need the CA certificate where several CAs share a subject', async () => {
    const cas = [
      await maker.ca({ subject: '/CN=shared' }),
      await maker.ca({ subject: '/CN=shared' }),
    ] as const;
    for (const ca of cas) await registerSniOnly(ca, { setAsActive: true });
    const { pem: certificatePem } = await maker.leaf(cas[1]);
    const send = (caCertificatePem: string | undefined) =>
      iot.send(new RegisterCertificateCommand({ certificatePem, caCertificatePem }));
    expect(await refusalOf(send(undefined))).toMatchObject({
      name: 'CertificateConflictException',
      status: 409,
    });
    expect((await refusalOf(send(cas[0].pem))).name).toBe('CertificateValidationException');
    await send(cas[1].pem);
  });

  it.each([
    ['PENDING_ACTIVATION', 'CertificateStateException', 406],
    ['PENDING_TRANSFER', 'CertificateStateException', 406],
    ['REGISTER_INACTIVE', 'InvalidRequestException', 400],
  ] as const)('cannot be registered as %s', async (status, name, statusCode) => {
    const { pem } = await maker.ca();
    const call = iot.send(new RegisterCertificateWithoutCACommand({ certificatePem: pem, status }));
    expect(await refusalOf(call)).toMatchObject({ name, status: statusCode });
  });

  it('obey the state machine, and go only when nothing holds them', async () => {
    const self = await maker.ca({ subject: '/CN=alone' });
    await iot.send(new RegisterCertificateWithoutCACommand({ certificatePem: self.pem, status: 'ACTIVE' }));
    const update = (newStatus: 'ACTIVE' | 'REVOKED' | 'PENDING_ACTIVATION') =>
      iot.send(new UpdateCertificateCommand({ certificateId: self.id, newStatus }));
    const remove = (forceDelete = false) =>
      iot.send(new DeleteCertificateCommand({ certificateId: self.id, forceDelete }));
    expect(await refusalOf(update('PENDING_ACTIVATION'))).toMatchObject({ status: 406 });
    expect((await refusalOf(remove(true))).message).toContain(
      'Certificate must be deactivated (not ACTIVE) before deletion.',
    );
    await update('ACTIVE');
    await update('REVOKED');
    expect(await refusalOf(update('ACTIVE'))).toMatchObject({ name: 'CertificateStateException' });
    await remove();
    expect((await refusalOf(remove())).status).toBe(404);
  });

  it('stay in their Region', async () => {
    const { id } = await maker.ca();
    expect((await refusalOf(iot.send(new DescribeCertificateCommand({ certificateId: id })))).status).toBe(
      404,
    );
  });
});
