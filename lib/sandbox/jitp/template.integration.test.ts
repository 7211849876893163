/** What a template can ask of a certificate, and what becomes of it, with real certificates and contacts. */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto, type BotoOutput } from '@/lib/sandbox/testing/boto';
import { CertificateMaker, type Made } from '@/lib/sandbox/testing/certificate-maker';
import { makeProvisioningRole } from '@/lib/sandbox/testing/provisioning-role';
import { firstContact } from './testing/first-contact';
import { FLEET_POLICY, ref, templateText } from './testing/template-text';

let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;
let roleArn: string;

beforeAll(async () => {
  [sandbox, maker] = await Promise.all([startSandbox(), CertificateMaker.open()]);
  boto = new Boto(sandbox.api);
  roleArn = await makeProvisioningRole(boto, 'Provisioning');
  await boto.ok('iot.create_policy', { policyName: 'Fleet', policyDocument: FLEET_POLICY });
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

let count = 0;
/** An active CA with that template, and auto-registration. */
async function caWith(templateBody: string): Promise<Made> {
  count += 1;
  const ca = await maker.ca({ subject: `/CN=template ${count}` });
  await boto.ok('iot.register_ca_certificate', {
    ...{ caCertificate: ca.pem, certificateMode: 'SNI_ONLY' },
    ...{ setAsActive: true, allowAutoRegistration: true },
    registrationConfig: { templateBody, roleArn },
  });
  return ca;
}
async function provisioned(templateBody: string, subject: string) {
  const device = await maker.leaf(await caWith(templateBody), { subject });
  const { code, params } = await firstContact(sandbox, device);
  return { code, device, awsName: params?.['awsName'], awsMessage: params?.['awsMessage'] };
}
const thing = (thingName: string): Promise<BotoOutput> => boto.ok('iot.describe_thing', { thingName });

describe('the parameters', () => {
  behaviour(
    'A template takes country, organization, unit, qualifier, state and common name from the subject, and the AWS id of the certificate',
    { known: 'documented', source: 'guide, "Just-in-time provisioning"' },
    async () => {
      const parameters = [
        'Country',
        'Organization',
        'OrganizationalUnit',
        'DistinguishedNameQualifier',
        'StateName',
      ];
      const asAttributes = async (names: readonly string[], subject: string) => {
        const AttributePayload = Object.fromEntries(names.map((name) => [name, ref(name)]));
        const body = templateText({
          parameters: [...names.filter((name) => name !== 'Id'), 'CommonName'],
          thing: { ThingName: ref('CommonName'), AttributePayload },
        });
        const { code, device } = await provisioned(body, subject);
        expect(code).toBe('provisioned');
        return { device, attributes: (await thing(subject.slice(subject.indexOf('CN=') + 3)))['attributes'] };
      };
      const subject = '/C=IN/ST=KA/O=Maker/OU=Line-7/dnQualifier=q1/CN=full';
      expect((await asAttributes(parameters.slice(0, 3), subject)).attributes).toEqual({
        ...{ Country: 'IN', Organization: 'Maker', OrganizationalUnit: 'Line-7' },
      });
      const { device, attributes } = await asAttributes(
        [...parameters.slice(3), 'Id'],
        subject.replace('full', 'second'),
      );
      expect(attributes).toEqual({ DistinguishedNameQualifier: 'q1', StateName: 'KA', Id: device.id });
    },
  );

  behaviour(
    'SerialNumber is the serial number of the certificate in decimal, whatever the subject says',
    {
      known: 'measured',
      source: 'aws-samples/aws-iot-core-device-provisioning-deep-dive (the guide says: from the subject)',
    },
    async () => {
      const body = templateText({ parameters: ['SerialNumber'], thing: { ThingName: ref('SerialNumber') } });
      const { code, device } = await provisioned(body, '/CN=x/serialNumber=SN-1');
      expect(code).toBe('provisioned');
      const principal = `arn:aws:iot:us-east-2:123456789012:cert/${device.id}`;
      const { things } = await boto.ok('iot.list_principal_things', { principal });
      expect(things).toEqual([expect.stringMatching(/^\d{4}$/)]);
    },
  );

  behaviour(
    'Of several values of one attribute the first is taken',
    { known: 'assumed', source: 'by analogy with policy variables' },
    async () => {
      const body = templateText({
        parameters: ['OrganizationalUnit'],
        thing: { ThingName: ref('OrganizationalUnit') },
      });
      expect((await provisioned(body, '/OU=first/OU=second')).code).toBe('provisioned');
      await thing('first');
    },
  );

  behaviour(
    'A Default stands in for a field that the certificate lacks',
    { known: 'measured', source: 'aws-samples/aws-iot-core-device-provisioning-deep-dive' },
    async () => {
      const body = templateText({
        parameters: ['OrganizationalUnit'],
        thing: { ThingName: ref('OrganizationalUnit') },
      }).replace(
        '"AWS::IoT::Certificate::OrganizationalUnit":{"Type":"String"}',
        '"AWS::IoT::Certificate::OrganizationalUnit":{"Type":"String","Default":"spare"}',
      );
      expect((await provisioned(body, '/CN=x')).code).toBe('provisioned');
      await thing('spare');
    },
  );

  behaviour(
    'A certificate that lacks a declared field without Default fails, also when nothing refers to it',
    { known: 'documented', source: 'guide, "Just-in-time provisioning"' },
    async () => {
      const body = templateText({ parameters: ['Country'] });
      const { awsName, awsMessage } = await provisioned(body, '/CN=x');
      expect(awsName).toBe('InvalidRequestException');
      expect(awsMessage).toContain('AWS::IoT::Certificate::Country');
    },
  );

  behaviour(
    'JITP knows no other parameters: locality, account and Region are refused when the template is attached or fail',
    {
      known: 'measured',
      source: 'fleet provisioning answers to AWS::Region; guide, "Just-in-time provisioning"',
    },
    async () => {
      const ca = await maker.ca({ subject: '/CN=unattached' });
      const templateBody = templateText({ parameters: ['Locality'] });
      const input = {
        ...{ caCertificate: ca.pem, certificateMode: 'SNI_ONLY' },
        registrationConfig: { templateBody, roleArn },
      };
      expect(await boto.refusal('iot.register_ca_certificate', input)).toMatchObject({
        name: 'InvalidRequestException',
        status: 400,
      });
      const body = templateText({ thing: { ThingName: { Ref: 'AWS::Region' } } });
      expect((await provisioned(body, '/CN=x')).awsMessage).toBe(
        'Invalid registration template. Cannot resolve reference value: {Ref=AWS::Region}',
      );
    },
  );
});

describe('the thing', () => {
  const byName = templateText({
    parameters: ['CommonName', 'Organization'],
    thing: { ThingName: ref('CommonName'), AttributePayload: { maker: ref('Organization') } },
  });

  behaviour(
    'A common name that is no thing name, and an attribute with a space, fail by the registry’s patterns',
    { known: 'documented', source: 'service model, ThingName and AttributeValue' },
    async () => {
      for (const subject of ['/O=Maker/CN=pump.example', '/O=Maker/CN=pump 1', '/O=Example Corp/CN=pump']) {
        const { code, awsMessage, device } = await provisioned(byName, subject);
        expect(code).toBe('provisioning-template-refused');
        expect(awsMessage).toContain('Member must satisfy regular expression pattern');
        const { certificateDescription } = await boto.ok('iot.describe_certificate', {
          certificateId: device.id,
        });
        expect(certificateDescription.status).toBe('PENDING_ACTIVATION');
      }
    },
  );

  behaviour(
    'Provisioning fails where a thing without type would have more than 3 attributes',
    { known: 'documented', source: 'AWS IoT Core quotas' },
    async () => {
      const AttributePayload = { a: '1', b: '2', c: '3', d: '4' };
      const body = templateText({ thing: { ThingName: 'four', AttributePayload } });
      expect((await provisioned(body, '/CN=x')).code).toBe('provisioning-template-refused');
      await boto.ok('iot.create_thing_type', { thingTypeName: 'roomy' });
      const typed = templateText({ thing: { ThingName: 'four', ThingTypeName: 'roomy', AttributePayload } });
      expect((await provisioned(typed, '/CN=x')).code).toBe('provisioned');
    },
  );

  behaviour(
    'A second certificate with the name of a thing that is there is attached to it, which stays as it is',
    { known: 'assumed', source: 'override settings of the guide; IoT Atlas says that duplicate names fail' },
    async () => {
      await boto.ok('iot.create_thing', {
        thingName: 'pump-9',
        attributePayload: { attributes: { maker: 'before' } },
      });
      const { code, device } = await provisioned(byName, '/O=after/CN=pump-9');
      expect(code).toBe('provisioned');
      expect((await thing('pump-9'))['attributes']).toEqual({ maker: 'before' });
      const { principals } = await boto.ok('iot.list_thing_principals', { thingName: 'pump-9' });
      expect(principals).toEqual([`arn:aws:iot:us-east-2:123456789012:cert/${device.id}`]);
    },
  );
});

describe('the certificate', () => {
  const statusOf = async ({ id }: Made) =>
    (await boto.ok('iot.describe_certificate', { certificateId: id }))['certificateDescription'].status;

  behaviour(
    'Status in the template decides: ACTIVE without one, INACTIVE when it says so, in any letter case',
    { known: 'documented', source: 'guide, "Provisioning templates", whose examples write Active' },
    async () => {
      const withStatus = (Status: string | undefined) => templateText({ certificate: { Status } });
      for (const [status, expected] of [
        [undefined, 'ACTIVE'],
        ['Active', 'ACTIVE'],
        ['Inactive', 'INACTIVE'],
      ] as const) {
        expect(await statusOf((await provisioned(withStatus(status), '/CN=x')).device)).toBe(expected);
      }
    },
  );

  behaviour(
    'OverrideSettings Status DO_NOTHING does not keep a certificate from being activated',
    { known: 'documented', source: 'guide, "Just-in-time provisioning", example and its result' },
    async () => {
      const template = JSON.parse(templateText());
      template.Resources.certificate.OverrideSettings = { Status: 'DO_NOTHING' };
      const { device } = await provisioned(JSON.stringify(template), '/CN=x');
      expect(await statusOf(device)).toBe('ACTIVE');
    },
  );

  behaviour(
    'The certificate of a JITP template is CertificateId with a Ref to AWS::IoT::Certificate::Id',
    { known: 'documented', source: 'guide, "Just-in-time provisioning"' },
    async () => {
      const ca = await maker.ca({ subject: '/CN=by pem' });
      const templateBody = templateText({ certificate: { CertificateId: undefined, CertificatePem: 'x' } });
      const input = {
        ...{ caCertificate: ca.pem, certificateMode: 'SNI_ONLY' },
        registrationConfig: { templateBody, roleArn },
      };
      expect((await boto.refusal('iot.register_ca_certificate', input)).name).toBe('InvalidRequestException');
    },
  );
});

describe('the sizes', () => {
  behaviour(
    'A template body has 10240 characters at most, a role ARN 20 to 2048',
    { known: 'documented', source: 'service model, TemplateBody and RoleArn' },
    async () => {
      const ca = await maker.ca({ subject: '/CN=sizes' });
      const refusal = (registrationConfig: object) =>
        boto.refusal('iot.register_ca_certificate', {
          ...{ caCertificate: ca.pem, certificateMode: 'SNI_ONLY' },
          registrationConfig,
        });
      const templateBody = templateText().padEnd(10_241);
      expect((await refusal({ templateBody, roleArn })).message).toContain('less than or equal to 10240');
      expect((await refusal({ templateBody: templateText(), roleArn: 'arn:aws:iam::1' })).message).toContain(
        'greater than or equal to 20',
      );
      await boto.ok('iot.register_ca_certificate', {
        ...{ caCertificate: ca.pem, certificateMode: 'SNI_ONLY' },
        registrationConfig: { templateBody: templateText().padEnd(10_240), roleArn },
      });
    },
  );
});
