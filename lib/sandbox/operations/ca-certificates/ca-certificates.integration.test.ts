/** The rules about CA certificates, with CAs by OpenSSL, through boto3. */
import { DescribeCACertificateCommand, RegisterCACertificateCommand } from '@aws-sdk/client-iot';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { contact, firstContact } from '@/lib/sandbox/jitp/testing/first-contact';
import { FLEET_POLICY, templateText } from '@/lib/sandbox/jitp/testing/template-text';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import {
  CertificateMaker,
  type CertificateOrder,
  ecKey,
  type Made,
  rsaKey,
} from '@/lib/sandbox/testing/certificate-maker';
import { clientsFor } from '@/lib/sandbox/testing/clients';

const ROLE_ARN = 'arn:aws:iam::123456789012:role/JITPRole';
const INLINE = { templateBody: templateText(), roleArn: ROLE_ARN };
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

const code = async (): Promise<string> => (await boto.ok('iot.get_registration_code'))['registrationCode'];
const proofOf = async (ca: Made, order: CertificateOrder = {}): Promise<string> =>
  (await maker.leaf(ca, { subject: `/CN=${await code()}`, ...order })).pem;
const sniOnly = (ca: Made, more: object = {}) => ({
  caCertificate: ca.pem,
  certificateMode: 'SNI_ONLY',
  ...more,
});
const register = (ca: Made, more: object = {}, region?: string) =>
  boto.ok('iot.register_ca_certificate', sniOnly(ca, more), region);
const refused = (ca: Made, more: object = {}) =>
  boto.refusal('iot.register_ca_certificate', sniOnly(ca, more));
const describeCa = ({ id }: Made) => boto.ok('iot.describe_ca_certificate', { certificateId: id });
const update = ({ id }: Made, more: object) =>
  boto.ok('iot.update_ca_certificate', { certificateId: id, ...more });

describe('the registration code', () => {
  behaviour(
    'The registration code has 64 hex digits, is the same until it is deleted, and is of one Region',
    { known: 'documented', source: 'API reference, GetRegistrationCode; aws/iot-atlas, "JITP"' },
    async () => {
      const first = await code();
      expect(first).toMatch(/^[0-9a-f]{64}$/);
      expect(await code()).toBe(first);
      const elsewhere = await boto.ok('iot.get_registration_code', {}, 'eu-central-1');
      expect(elsewhere['registrationCode']).not.toBe(first);
      await boto.ok('iot.delete_registration_code');
      expect(await boto.refusal('iot.delete_registration_code')).toMatchObject({
        name: 'ResourceNotFoundException',
        status: 404,
      });
      expect(await code()).not.toBe(first);
    },
  );
});

describe('the proof of possession', () => {
  const withProof = async (ca: Made, verificationCertificate: string | undefined) =>
    boto.refusal('iot.register_ca_certificate', { caCertificate: ca.pem, verificationCertificate });

  behaviour(
    'In mode DEFAULT a CA comes with a certificate that it signed and whose common name is the registration code',
    { known: 'documented', source: 'guide, "Register your CA certificate"' },
    async () => {
      const ca = await maker.ca({ subject: '/C=IN/O=proven' });
      const verificationCertificate = await proofOf(ca, { subject: `/C=IN/O=Any/CN=${await code()}` });
      const answer = await boto.ok('iot.register_ca_certificate', {
        caCertificate: ca.pem,
        verificationCertificate,
      });
      expect(answer).toEqual({
        certificateId: ca.id,
        certificateArn: `arn:aws:iot:us-east-2:123456789012:cacert/${ca.id}`,
      });
      expect((await describeCa(ca))['certificateDescription'].certificateMode).toBe('DEFAULT');
    },
  );

  behaviour(
    'Another common name than the registration code is RegistrationCodeValidationException 400',
    { known: 'documented', source: 'API reference, RegisterCACertificate' },
    async () => {
      const ca = await maker.ca({ subject: '/O=wrong name' });
      for (const subject of ['/CN=0123', `/CN=${(await code()).slice(1)}`, `/O=${await code()}/CN=x`]) {
        expect(await withProof(ca, (await maker.leaf(ca, { subject })).pem)).toMatchObject({
          name: 'RegistrationCodeValidationException',
          status: 400,
        });
      }
    },
  );

  behaviour(
    'A verification certificate that another CA signed, that has ended, or that is none, is CertificateValidationException 400',
    { known: 'documented', source: 'API reference, RegisterCACertificate' },
    async () => {
      const ca = await maker.ca({ subject: '/O=namesake' });
      const namesake = await maker.ca({ subject: '/O=namesake' });
      const proofs = [await proofOf(namesake), await proofOf(ca, { days: -1 }), 'nonsense'];
      for (const proof of proofs) {
        expect(await withProof(ca, proof)).toMatchObject({
          name: 'CertificateValidationException',
          status: 400,
        });
      }
    },
  );

  behaviour(
    'In mode DEFAULT the verification certificate must be there, in mode SNI_ONLY it must be empty',
    { known: 'documented', source: 'API reference, RegisterCACertificate' },
    async () => {
      const ca = await maker.ca({ subject: '/O=modes' });
      const invalid = { name: 'InvalidRequestException', status: 400 };
      expect(await withProof(ca, undefined)).toMatchObject(invalid);
      expect(await refused(ca, { verificationCertificate: await proofOf(ca) })).toMatchObject(invalid);
      await register(ca);
      expect((await describeCa(ca))['certificateDescription'].certificateMode).toBe('SNI_ONLY');
    },
  );
});

describe('what a CA certificate must be', () => {
  behaviour(
    'A CA without basicConstraints CA:TRUE is refused with AWS’s text',
    { known: 'measured', source: 'NordicSemiconductor/asset-tracker-cloud-docs #631' },
    async () => {
      for (const extensions of ['', 'basicConstraints=CA:FALSE', 'keyUsage=keyCertSign']) {
        expect(await refused(await maker.ca({ extensions }))).toEqual({
          name: 'CertificateValidationException',
          status: 400,
          message: 'The CA certificate does not have the basicConstraints extension as true',
        });
      }
    },
  );

  behaviour(
    'A CA must be inside its validity period',
    { known: 'documented', source: 'guide, "Register your CA certificate"' },
    async () => {
      const refusal = await refused(await maker.ca({ days: -1 }));
      expect(refusal.name).toBe('CertificateValidationException');
      expect(refusal.message).toContain('validity period');
    },
  );

  behaviour(
    'A CA has an RSA key of 2048 bits or more, or one on P-256, P-384 or P-521',
    {
      known: 'documented',
      source: 'guide, "X.509 client certificates"; curves as CreateCertificateFromCsr names them',
    },
    async () => {
      for (const key of [rsaKey(2048), ecKey('P-256'), ecKey('P-384'), ecKey('P-521')]) {
        await register(await maker.ca({ subject: '/O=good key', key }));
      }
      for (const key of [rsaKey(1024), ecKey('secp256k1')]) {
        expect((await refused(await maker.ca({ key }))).message).toContain('key of the CA certificate');
      }
    },
  );

  behaviour(
    'A CA is signed with SHA-256, SHA-384 or SHA-512',
    { known: 'documented', source: 'guide, "X.509 client certificates": signing algorithms' },
    async () => {
      for (const digest of ['sha384', 'sha512']) {
        await register(await maker.ca({ subject: '/O=good digest', digest }));
      }
      expect((await refused(await maker.ca({ digest: 'sha1' }))).message).toContain('signature algorithm');
    },
  );

  behaviour(
    '10 CAs of a Region can have one subject, an eleventh is LimitExceededException 410',
    { known: 'documented', source: 'AWS IoT Core quotas; text from the published notes "AWS IoT Basics"' },
    async () => {
      const crowd = await Promise.all(Array.from({ length: 11 }, () => maker.ca({ subject: '/CN=crowd' })));
      const [last, ...ten] = crowd;
      for (const ca of ten) await register(ca);
      if (!last) throw new RangeError('eleven were made');
      expect(await refused(last)).toEqual({
        name: 'LimitExceededException',
        status: 410,
        message: 'Limit reached for number of CA Certificates with same subject',
      });
      await register(last, {}, 'eu-west-1');
    },
  );

  behaviour(
    'A CA that is registered already is ResourceAlreadyExistsException 409 with its id and ARN, in its Region',
    { known: 'documented', source: 'API reference, RegisterCACertificate' },
    async () => {
      const ca = await maker.ca({ subject: '/CN=twice' });
      await register(ca);
      const again = clientsFor(sandbox.api).iot.send(
        new RegisterCACertificateCommand({ caCertificate: ca.pem, certificateMode: 'SNI_ONLY' }),
      );
      await expect(again).rejects.toMatchObject({
        name: 'ResourceAlreadyExistsException',
        $metadata: { httpStatusCode: 409 },
        resourceId: ca.id,
        resourceArn: `arn:aws:iot:us-east-2:123456789012:cacert/${ca.id}`,
      });
      await register(ca, {}, 'eu-west-1');
    },
  );
});

describe('a registered CA', () => {
  behaviour(
    'A CA is INACTIVE with auto-registration DISABLE unless asked otherwise',
    { known: 'documented', source: 'API reference, RegisterCACertificate' },
    async () => {
      const [plain, open] = [
        await maker.ca({ subject: '/CN=plain' }),
        await maker.ca({ subject: '/CN=open' }),
      ];
      await register(plain);
      expect((await describeCa(plain))['certificateDescription']).toMatchObject({
        status: 'INACTIVE',
        autoRegistrationStatus: 'DISABLE',
      });
      const tags = [{ Key: 'line', Value: '7' }];
      const { certificateArn } = await register(open, {
        ...{ setAsActive: true, allowAutoRegistration: true, registrationConfig: INLINE, tags },
      });
      const described = await clientsFor(sandbox.api).iot.send(
        new DescribeCACertificateCommand({ certificateId: open.id }),
      );
      expect(described).toMatchObject({
        certificateDescription: {
          ...{ certificateId: open.id, certificateArn, certificatePem: open.pem, ownedBy: '123456789012' },
          ...{ status: 'ACTIVE', autoRegistrationStatus: 'ENABLE', customerVersion: 1 },
          validity: { notBefore: expect.any(Date), notAfter: expect.any(Date) },
        },
        registrationConfig: INLINE,
      });
      expect(await boto.ok('iot.list_tags_for_resource', { resourceArn: certificateArn })).toMatchObject({
        tags,
      });
    },
  );

  behaviour(
    'ENABLE with a registration config makes a CA provision, removeAutoRegistration with DISABLE takes the config away, and ENABLE alone leaves it to just-in-time registration',
    { known: 'documented', source: 'aws-samples/aws-iot-device-management-workshop' },
    async () => {
      const ca = await maker.ca({ subject: '/CN=switched' });
      await register(ca, { setAsActive: true });
      await update(ca, { newAutoRegistrationStatus: 'ENABLE', registrationConfig: INLINE });
      expect(await describeCa(ca)).toMatchObject({
        registrationConfig: INLINE,
        certificateDescription: { autoRegistrationStatus: 'ENABLE' },
      });
      await update(ca, { newAutoRegistrationStatus: 'DISABLE', removeAutoRegistration: true });
      expect((await describeCa(ca))['registrationConfig']).toBeUndefined();
      await update(ca, { newAutoRegistrationStatus: 'ENABLE' });
      const device = await maker.leaf(ca, { subject: '/CN=jitr' });
      expect((await firstContact(sandbox, device)).code).toBe('provisioning-no-template');
    },
  );

  behaviour(
    'UpdateCACertificate refuses removeAutoRegistration together with a registration config',
    { known: 'assumed', source: 'API reference, UpdateCACertificate' },
    async () => {
      const ca = await maker.ca({ subject: '/CN=both' });
      await register(ca);
      const both = { certificateId: ca.id, removeAutoRegistration: true, registrationConfig: INLINE };
      expect(await boto.refusal('iot.update_ca_certificate', both)).toMatchObject({
        name: 'InvalidRequestException',
        status: 400,
      });
    },
  );

  behaviour(
    'Every change of a CA raises its customer version by one and renews its generation id',
    { known: 'assumed', source: 'API reference, CACertificateDescription: undocumented but for the types' },
    async () => {
      const ca = await maker.ca({ subject: '/CN=changed' });
      await register(ca);
      const before = (await describeCa(ca))['certificateDescription'];
      await update(ca, { newStatus: 'ACTIVE' });
      const after = (await describeCa(ca))['certificateDescription'];
      expect([before.customerVersion, after.customerVersion]).toEqual([1, 2]);
      expect(after.generationId).not.toBe(before.generationId);
    },
  );

  behaviour(
    'The template is checked when it is attached: a policy resource without name and document is refused with AWS’s text',
    { known: 'measured', source: 'aws-samples/aws-iot-device-management-workshop #1' },
    async () => {
      const ca = await maker.ca({ subject: '/CN=checked' });
      await register(ca);
      const templateBody = templateText().replace('"PolicyName":"Fleet"', '');
      const registrationConfig = { templateBody, roleArn: ROLE_ARN };
      const refusal = await boto.refusal('iot.update_ca_certificate', {
        certificateId: ca.id,
        registrationConfig,
      });
      expect(refusal).toEqual({
        name: 'InvalidRequestException',
        status: 400,
        message:
          'Invalid registration template. Neither policyName nor policyDocument is present in the Template.',
      });
    },
  );

  behaviour(
    'An ACTIVE CA cannot be deleted: CertificateStateException 406; an INACTIVE one can, and is gone',
    { known: 'documented', source: 'API reference, DeleteCACertificate' },
    async () => {
      const ca = await maker.ca({ subject: '/CN=deleted' });
      await register(ca, { setAsActive: true });
      const remove = { certificateId: ca.id };
      expect(await boto.refusal('iot.delete_ca_certificate', remove)).toMatchObject({
        name: 'CertificateStateException',
        status: 406,
      });
      await update(ca, { newStatus: 'INACTIVE' });
      await boto.ok('iot.delete_ca_certificate', remove);
      for (const call of ['describe', 'update', 'delete']) {
        expect(await boto.refusal(`iot.${call}_ca_certificate`, remove)).toMatchObject({
          name: 'ResourceNotFoundException',
          status: 404,
        });
      }
    },
  );

  behaviour(
    'CAs are listed newest first, page by page, without their auto-registration status; a marker of another list is refused',
    { known: 'documented', source: 'API reference, ListCACertificates' },
    async () => {
      const cas = [await maker.ca({ subject: '/CN=1' }), await maker.ca({ subject: '/CN=2' })];
      for (const ca of cas) await register(ca, {}, 'ap-south-1');
      const list = (more: object) => boto.ok('iot.list_ca_certificates', more, 'ap-south-1');
      const first = await list({ pageSize: 1 });
      const second = await list({ pageSize: 1, marker: first['nextMarker'] });
      const ids = [first, second].map(({ certificates }) => certificates[0].certificateId);
      expect(ids).toEqual(cas.map(({ id }) => id).reverse());
      expect(second['nextMarker']).toBeUndefined();
      expect(new Set(Object.keys(first['certificates'][0]))).toEqual(
        new Set(['certificateArn', 'certificateId', 'status', 'creationDate']),
      );
      const ascending = await list({ ascendingOrder: true });
      expect(ascending['certificates'][0].certificateId).toBe(cas[0]?.id);
      const tampered = Buffer.from(first['nextMarker'], 'base64');
      tampered[3] = (tampered[3] ?? 0) ^ 1;
      const bad: [call: string, marker: string][] = [
        ['iot.list_certificates', first['nextMarker']],
        ['iot.list_ca_certificates', tampered.toString('base64')],
      ];
      for (const [call, marker] of bad) {
        expect((await boto.refusal(call, { marker }, 'ap-south-1')).name).toBe('InvalidRequestException');
      }
    },
  );

  behaviour(
    'An INACTIVE CA registers nobody any more, and the certificates that it has keep working',
    { known: 'documented', source: 'guide, "Deactivate a CA certificate"' },
    async () => {
      const ca = await maker.ca({ subject: '/CN=retired' });
      await register(ca, { setAsActive: true, allowAutoRegistration: true });
      const [old, late] = [
        await maker.leaf(ca, { subject: '/CN=old' }),
        await maker.leaf(ca, { subject: '/CN=late' }),
      ];
      const { certificateArn } = await boto.ok('iot.register_certificate', {
        certificatePem: old.pem,
        setAsActive: true,
      });
      await boto.ok('iot.create_policy', { policyName: 'Old', policyDocument: FLEET_POLICY });
      await boto.ok('iot.attach_policy', { policyName: 'Old', target: certificateArn });
      await update(ca, { newStatus: 'INACTIVE' });
      expect(await contact(sandbox, old)).toBe('20020000');
      expect(await contact(sandbox, late)).toBe('');
      expect((await boto.refusal('iot.describe_certificate', { certificateId: late.id })).status).toBe(404);
    },
  );
});
