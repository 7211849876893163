/** Just-in-time provisioning by a template that the CA names, and what the registry has to hold for it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProvisioningTemplateTables } from '@/lib/sandbox/operations/provisioning-templates/provisioning-template-tables';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker, type Made } from '@/lib/sandbox/testing/certificate-maker';
import { makeProvisioningRole } from '@/lib/sandbox/testing/provisioning-role';
import { firstContact } from './testing/first-contact';
import { FLEET_POLICY, ref, templateText } from './testing/template-text';

let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;
let provisioningRoleArn: string;

beforeAll(async () => {
  [sandbox, maker] = await Promise.all([startSandbox(), CertificateMaker.open()]);
  boto = new Boto(sandbox.api);
  provisioningRoleArn = await makeProvisioningRole(boto, 'Provisioning');
  await boto.ok('iot.create_policy', { policyName: 'Fleet', policyDocument: FLEET_POLICY });
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

let count = 0;
/** An active CA with that registration config and auto-registration, and one device of it. */
async function newcomer(registrationConfig: object): Promise<{ ca: Made; device: Made; name: string }> {
  count += 1;
  const name = `device-${count}`;
  const ca = await maker.ca({ subject: `/O=Maker/CN=CA ${count}` });
  const device = await maker.leaf(ca, { subject: `/C=IN/CN=${name}` });
  await boto.ok('iot.register_ca_certificate', {
    caCertificate: ca.pem,
    certificateMode: 'SNI_ONLY',
    setAsActive: true,
    allowAutoRegistration: true,
    registrationConfig,
  });
  return { ca, device, name };
}

async function createTemplate(templateName: string, templateBody: string, more: object = {}): Promise<void> {
  const input = { templateName, templateBody, provisioningRoleArn, type: 'JITP', enabled: true, ...more };
  await boto.ok('iot.create_provisioning_template', input);
}
const statusOf = async ({ id }: Made) => {
  const { certificateDescription } = await boto.ok('iot.describe_certificate', { certificateId: id });
  return certificateDescription.status;
};
const byCommonName = (thing: object = {}, overrides?: object) =>
  templateText({
    parameters: ['CommonName'],
    thing: { ThingName: ref('CommonName'), ...thing },
    ...(overrides && { overrides }),
  });

describe('a CA that names its template', () => {
  behaviour(
    'A device of a CA that names an enabled JITP template is provisioned by its default version, under its role',
    { known: 'documented', source: 'guide, "Just-in-time provisioning"' },
    async () => {
      await createTemplate('by-name', templateText({ thing: { ThingName: 'version-1' } }));
      await boto.ok('iot.create_provisioning_template_version', {
        templateName: 'by-name',
        templateBody: byCommonName(),
        setAsDefault: true,
      });
      const { ca, device, name } = await newcomer({ templateName: 'by-name' });
      expect(await firstContact(sandbox, device)).toMatchObject({
        code: 'provisioned',
        params: { thingName: name, policyNames: 'Fleet', status: 'ACTIVE' },
      });
      expect(await statusOf(device)).toBe('ACTIVE');
      const described = await boto.ok('iot.describe_ca_certificate', { certificateId: ca.id });
      expect(described['registrationConfig']).toEqual({ templateName: 'by-name' });
      const listed = await boto.ok('iot.list_ca_certificates', { templateName: 'by-name' });
      expect(
        listed['certificates'].map(({ certificateId }: Record<string, string>) => certificateId),
      ).toEqual([ca.id]);
    },
  );

  behaviour(
    'A disabled template leaves the certificate PENDING_ACTIVATION; once it is enabled, the next contact provisions',
    { known: 'documented', source: 'guide, "Just-in-time provisioning": the template must be enabled' },
    async () => {
      await createTemplate('disabled', byCommonName(), { enabled: false });
      const { device } = await newcomer({ templateName: 'disabled' });
      expect(await firstContact(sandbox, device)).toMatchObject({
        code: 'provisioning-template-disabled',
        params: { templateName: 'disabled' },
      });
      expect(await statusOf(device)).toBe('PENDING_ACTIVATION');
      await boto.ok('iot.update_provisioning_template', { templateName: 'disabled', enabled: true });
      expect((await firstContact(sandbox, device)).code).toBe('provisioned');
    },
  );

  it('says so when the template that the CA names is gone, which the API itself does not let happen', async () => {
    await createTemplate('gone', byCommonName());
    const { device } = await newcomer({ templateName: 'gone' });
    sandbox.state.region('us-east-2').family(ProvisioningTemplateTables).templates.delete('gone');
    expect(await firstContact(sandbox, device)).toMatchObject({
      code: 'provisioning-template-gone',
      params: { templateName: 'gone' },
    });
    expect(await statusOf(device)).toBe('PENDING_ACTIVATION');
  });

  behaviour(
    'A registration config names a JITP template that exists, or holds a body and a role, not both',
    { known: 'assumed', source: 'API reference, RegistrationConfig' },
    async () => {
      await createTemplate('jitp', byCommonName());
      await createTemplate('fleet', byCommonName(), { type: 'FLEET_PROVISIONING' });
      const ca = await maker.ca({ subject: '/CN=config' });
      const refused = (registrationConfig: object) =>
        boto.refusal('iot.register_ca_certificate', {
          caCertificate: ca.pem,
          certificateMode: 'SNI_ONLY',
          registrationConfig,
        });
      expect(await refused({ templateName: 'nowhere' })).toMatchObject({
        name: 'ResourceNotFoundException',
        status: 404,
      });
      const invalid = { name: 'InvalidRequestException', status: 400 };
      expect(await refused({ templateName: 'fleet' })).toMatchObject(invalid);
      const both = { templateName: 'jitp', templateBody: byCommonName(), roleArn: provisioningRoleArn };
      expect(await refused(both)).toMatchObject(invalid);
      expect(await refused({ templateBody: byCommonName() })).toMatchObject(invalid);
    },
  );
});

describe('what the template names in the registry', () => {
  const inline = (templateBody: string) => ({ templateBody, roleArn: provisioningRoleArn });

  behaviour(
    'A thing gets the type, the groups and the billing group that the template names',
    { known: 'documented', source: 'guide, "Provisioning templates"' },
    async () => {
      await boto.ok('iot.create_thing_type', { thingTypeName: 'pump' });
      for (const thingGroupName of ['north', 'south'])
        await boto.ok('iot.create_thing_group', { thingGroupName });
      await boto.ok('iot.create_billing_group', { billingGroupName: 'fleet' });
      const properties = { ThingTypeName: 'pump', ThingGroups: ['north', 'south'], BillingGroup: 'fleet' };
      const { device, name } = await newcomer(inline(byCommonName(properties)));
      expect((await firstContact(sandbox, device)).code).toBe('provisioned');
      expect(await boto.ok('iot.describe_thing', { thingName: name })).toMatchObject({
        thingTypeName: 'pump',
        billingGroupName: 'fleet',
      });
      const { thingGroups } = await boto.ok('iot.list_thing_groups_for_thing', { thingName: name });
      expect(thingGroups.map(({ groupName }: { groupName: string }) => groupName)).toEqual([
        'north',
        'south',
      ]);
    },
  );

  behaviour(
    'A template that names a thing type, group, billing group or policy that is not there fails with ResourceRegistrationFailureException, and the certificate stays PENDING_ACTIVATION',
    {
      known: 'measured',
      source: 'yilmaznaslan/aws-iot-core-registering-things-in-bulk #3 (thing type); metrics page (policy)',
    },
    async () => {
      const missing = [
        byCommonName({ ThingTypeName: 'nowhere' }),
        byCommonName({ ThingGroups: ['nowhere'] }),
        byCommonName({ BillingGroup: 'nowhere' }),
        byCommonName().replace('"Fleet"', '"nowhere"'),
      ];
      for (const templateBody of missing) {
        const { device, name } = await newcomer(inline(templateBody));
        const event = await firstContact(sandbox, device);
        expect(event.params).toMatchObject({ awsName: 'ResourceRegistrationFailureException' });
        expect(event.params?.['awsMessage']).toMatch(/nowhere/);
        expect(await statusOf(device)).toBe('PENDING_ACTIVATION');
        expect((await boto.refusal('iot.describe_thing', { thingName: name })).status).toBe(404);
      }
    },
  );

  behaviour(
    'Override settings decide what becomes of a thing that is there: REPLACE, MERGE, DO_NOTHING or FAIL',
    { known: 'documented', source: 'guide, "Provisioning templates"' },
    async () => {
      for (const billingGroupName of ['old', 'new']) {
        await boto.ok('iot.create_billing_group', { billingGroupName });
      }
      for (const thingGroupName of ['east', 'west'])
        await boto.ok('iot.create_thing_group', { thingGroupName });
      const properties = { AttributePayload: { b: '2' }, ThingGroups: ['west'], BillingGroup: 'new' };
      const outcomeOf = async (override: string, mergeable = override) => {
        const overrides = {
          AttributePayload: mergeable,
          ThingGroups: mergeable,
          BillingGroup: override,
        };
        const { device, name } = await newcomer(inline(byCommonName(properties, overrides)));
        const attributePayload = { attributes: { a: '1' } };
        await boto.ok('iot.create_thing', { thingName: name, attributePayload, billingGroupName: 'old' });
        await boto.ok('iot.add_thing_to_thing_group', { thingName: name, thingGroupName: 'east' });
        const { code, params } = await firstContact(sandbox, device);
        const thing = await boto.ok('iot.describe_thing', { thingName: name });
        const { thingGroups } = await boto.ok('iot.list_thing_groups_for_thing', { thingName: name });
        const groups = thingGroups.map(({ groupName }: { groupName: string }) => groupName);
        return { code, failure: params?.['awsName'], ...thing, groups };
      };
      expect(await outcomeOf('REPLACE')).toMatchObject({
        code: 'provisioned',
        attributes: { b: '2' },
        groups: ['west'],
        billingGroupName: 'new',
      });
      expect(await outcomeOf('REPLACE', 'MERGE')).toMatchObject({
        attributes: { a: '1', b: '2' },
        groups: ['east', 'west'],
      });
      const untouched = { attributes: { a: '1' }, groups: ['east'], billingGroupName: 'old' };
      expect(await outcomeOf('DO_NOTHING')).toMatchObject({ ...untouched, code: 'provisioned' });
      expect(await outcomeOf('FAIL')).toMatchObject({ ...untouched, failure: 'ResourceConflictsException' });
    },
  );
});

describe('the provisioning role', () => {
  behaviour(
    'The provisioning role is judged by action and resource: a role for other things cannot create this one',
    {
      known: 'documented',
      source: 'IAM User Guide, "Policy evaluation logic"; Service Authorization Reference for AWS IoT',
    },
    async () => {
      const anything = { Effect: 'Allow', Action: 'iot:*', Resource: '*' };
      const otherThings = 'arn:aws:iot:us-east-2:123456789012:thing/other-*';
      const roleArn = await makeProvisioningRole(boto, 'OtherThings', {
        statements: [
          { ...anything, NotAction: 'iot:CreateThing', Action: undefined },
          { Effect: 'Allow', Action: 'iot:CreateThing', Resource: otherThings },
        ],
      });
      const { device, name } = await newcomer({ templateBody: byCommonName(), roleArn });
      const { code, params } = await firstContact(sandbox, device);
      expect(code).toBe('provisioning-access-denied');
      expect(params?.['awsMessage']).toBe(
        `User: arn:aws:sts::123456789012:assumed-role/OtherThings/iot-provisioning is not authorized to perform: iot:CreateThing on resource: arn:aws:iot:us-east-2:123456789012:thing/${name} because no identity-based policy allows the iot:CreateThing action`,
      );
      const fitting = await newcomer({
        templateBody: templateText({ thing: { ThingName: 'other-1' } }),
        roleArn,
      });
      expect((await firstContact(sandbox, fitting.device)).code).toBe('provisioned');
    },
  );

  behaviour(
    'A role that may do iot:AttachPrincipalPolicy, the older name, need not have iot:AttachPolicy',
    { known: 'measured', source: 'aws-samples/aws-iot-jitp-sample-scripts, role of the template' },
    async () => {
      const older = { Effect: 'Allow', Action: 'iot:AttachPrincipalPolicy', Resource: '*' };
      const allButNew = { Effect: 'Allow', NotAction: 'iot:Attach*Policy', Resource: '*' };
      const withOlder = await makeProvisioningRole(boto, 'Older', { statements: [allButNew, older] });
      const withNeither = await makeProvisioningRole(boto, 'Neither', { statements: [allButNew] });
      const outcomes = [];
      for (const roleArn of [withOlder, withNeither]) {
        const { device } = await newcomer({ templateBody: byCommonName(), roleArn });
        outcomes.push((await firstContact(sandbox, device)).code);
      }
      expect(outcomes).toEqual(['provisioned', 'provisioning-access-denied']);
    },
  );
});
