import { afterAll, beforeAll, describe, expect } from 'vitest';
import { templateText } from '@/lib/sandbox/jitp/testing/template-text';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker } from '@/lib/sandbox/testing/certificate-maker';
import { makeProvisioningRole } from '@/lib/sandbox/testing/provisioning-role';

let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;
let provisioningRoleArn: string;

beforeAll(async () => {
  [sandbox, maker] = await Promise.all([startSandbox(), CertificateMaker.open()]);
  boto = new Boto(sandbox.api);
  provisioningRoleArn = await makeProvisioningRole(boto, 'Provisioning');
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

const FLEET = JSON.stringify({
  Parameters: { SerialNumber: { Type: 'String' } },
  Mappings: { Table: { a: { url: 'x' } } },
  Resources: {
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'Active' },
    },
    thing: {
      Type: 'AWS::IoT::Thing',
      Properties: { ThingName: { 'Fn::Join': ['', ['pump-', { Ref: 'SerialNumber' }]] } },
    },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'Fleet' } },
  },
});
const input = (templateName: string, more: object = {}) => ({
  templateName,
  templateBody: FLEET,
  provisioningRoleArn,
  ...more,
});
const create = (templateName: string, more: object = {}) =>
  boto.ok('iot.create_provisioning_template', input(templateName, more));
const refusedCreate = (templateName: string, more: object = {}) =>
  boto.refusal('iot.create_provisioning_template', input(templateName, more));
const describeTemplate = (templateName: string) =>
  boto.ok('iot.describe_provisioning_template', { templateName });
const jitp = { type: 'JITP', templateBody: templateText() };

describe('CreateProvisioningTemplate', () => {
  behaviour(
    'A provisioning template is of type FLEET_PROVISIONING, disabled and without description unless asked otherwise, with version 1 as its default',
    {
      known: 'measured',
      source: 'hashicorp/terraform-provider-aws, acceptance tests of aws_iot_provisioning_template',
    },
    async () => {
      expect(await create('plain')).toEqual({
        templateArn: 'arn:aws:iot:us-east-2:123456789012:provisioningtemplate/plain',
        templateName: 'plain',
        defaultVersionId: 1,
      });
      const described = await describeTemplate('plain');
      expect(described).toMatchObject({
        type: 'FLEET_PROVISIONING',
        enabled: false,
        description: '',
        templateBody: FLEET,
        provisioningRoleArn,
        defaultVersionId: 1,
      });
      expect(described['creationDate']).toBe(described['lastModifiedDate']);
    },
  );

  behaviour(
    'A second provisioning template of one name is ResourceAlreadyExistsException 409',
    { known: 'measured', source: 'aws/aws-cdk #17989' },
    async () => {
      await create('twice');
      expect(await refusedCreate('twice', jitp)).toEqual({
        name: 'ResourceAlreadyExistsException',
        status: 409,
        message: 'Template with name twice already exists',
      });
    },
  );

  behaviour(
    'The provisioning role is assumed when the template is created; one that is missing or does not trust AWS IoT is refused',
    { known: 'measured', source: 'hashicorp/terraform-provider-aws, resource aws_iot_provisioning_template' },
    async () => {
      const lambdaRole = await makeProvisioningRole(boto, 'ForLambda', { service: 'lambda.amazonaws.com' });
      for (const roleArn of [lambdaRole, 'arn:aws:iam::123456789012:role/Missing']) {
        const refused = await refusedCreate('role', { provisioningRoleArn: roleArn });
        expect(refused).toMatchObject({ name: 'InvalidRequestException', status: 400 });
        expect(refused.message).toContain('The provisioning role cannot be assumed by AWS IoT');
      }
    },
  );

  behaviour(
    'Only a FLEET_PROVISIONING template has a pre-provisioning hook',
    { known: 'documented', source: 'API reference, CreateProvisioningTemplate' },
    async () => {
      const preProvisioningHook = {
        payloadVersion: '2020-04-01',
        targetArn: 'arn:aws:lambda:us-east-2:123456789012:function:hook',
      };
      await create('hooked', { preProvisioningHook });
      expect((await describeTemplate('hooked'))['preProvisioningHook']).toEqual(preProvisioningHook);
      const refused = await refusedCreate('hooked-jitp', { ...jitp, preProvisioningHook });
      expect(refused).toMatchObject({ name: 'InvalidRequestException', status: 400 });
      await boto.ok('iot.update_provisioning_template', {
        templateName: 'hooked',
        removePreProvisioningHook: true,
      });
      expect((await describeTemplate('hooked'))['preProvisioningHook']).toBeUndefined();
    },
  );

  behaviour(
    'The body is checked by the type of the template: parameters and functions of fleet provisioning are refused for JITP',
    { known: 'documented', source: 'guide, "Provisioning templates" and "Just-in-time provisioning"' },
    async () => {
      await create('jitp-good', jitp);
      const refused = await refusedCreate('jitp-bad', { type: 'JITP' });
      expect(refused).toMatchObject({ name: 'InvalidRequestException', status: 400 });
      expect(refused.message).toContain('SerialNumber');
      for (const templateBody of ['{', '{}', FLEET.replace('"PolicyName":"Fleet"', '')]) {
        expect((await refusedCreate('fleet-bad', { templateBody })).message).toMatch(
          /^Invalid registration template\. /,
        );
      }
    },
  );

  behaviour(
    'The name of a provisioning template has 1 to 36 letters, digits, underscores and hyphens',
    { known: 'documented', source: 'service model, TemplateName' },
    async () => {
      await create('A_z-9'.padEnd(36, 'x'));
      for (const templateName of ['with space', 'dot.ted', 'x'.repeat(37)]) {
        expect((await refusedCreate(templateName)).message).toContain("at 'templateName' failed to satisfy");
      }
    },
  );
});

behaviour(
  'A provisioning template has the tags that it is created with',
  { known: 'documented', source: 'API reference, CreateProvisioningTemplate' },
  async () => {
    const tags = [{ Key: 'line', Value: '7' }];
    const { templateArn } = await create('tagged', { tags });
    expect((await boto.ok('iot.list_tags_for_resource', { resourceArn: templateArn }))['tags']).toEqual(tags);
    await boto.ok('iot.delete_provisioning_template', { templateName: 'tagged' });
    expect((await boto.refusal('iot.list_tags_for_resource', { resourceArn: templateArn })).status).toBe(404);
  },
);

behaviour(
  'A provisioning template without certificate resource is refused in words of its own, before a missing section is',
  { known: 'measured', source: 'ministackorg/ministack #1532' },
  async () => {
    const thing = { Type: 'AWS::IoT::Thing', Properties: { ThingName: 't' } };
    const templateBody = JSON.stringify({ Resources: { thing } });
    for (const type of ['FLEET_PROVISIONING', 'JITP']) {
      expect(await refusedCreate('no-certificate', { templateBody, type })).toEqual({
        name: 'InvalidRequestException',
        status: 400,
        message: 'The template body is invalid: Template must have certificate resource.',
      });
    }
  },
);

behaviour(
  'A provisioning template that does not exist is told as "Unable to find template named …"',
  { known: 'measured', source: 'ministackorg/ministack #1532' },
  async () => {
    for (const call of ['describe', 'update', 'delete']) {
      const refused = await boto.refusal(`iot.${call}_provisioning_template`, { templateName: 'nowhere' });
      expect(refused.message).toBe('Unable to find template named nowhere');
    }
  },
);

describe('UpdateProvisioningTemplate', () => {
  behaviour(
    'What an update of a provisioning template does not name stays',
    { known: 'documented', source: 'API reference, UpdateProvisioningTemplate' },
    async () => {
      await create('updated', { description: 'before' });
      await boto.ok('iot.update_provisioning_template', { templateName: 'updated', enabled: true });
      expect(await describeTemplate('updated')).toMatchObject({ enabled: true, description: 'before' });
      const other = await makeProvisioningRole(boto, 'Other');
      await boto.ok('iot.update_provisioning_template', {
        templateName: 'updated',
        description: 'after',
        provisioningRoleArn: other,
      });
      expect(await describeTemplate('updated')).toMatchObject({
        enabled: true,
        description: 'after',
        provisioningRoleArn: other,
        type: 'FLEET_PROVISIONING',
      });
    },
  );

  behaviour(
    'An update of a provisioning template that does not exist is ResourceNotFoundException 404, of a version that does not exist InvalidRequestException 400',
    { known: 'documented', source: 'API reference, UpdateProvisioningTemplate' },
    async () => {
      const update = (more: object) => boto.refusal('iot.update_provisioning_template', more);
      expect(await update({ templateName: 'nowhere' })).toMatchObject({
        name: 'ResourceNotFoundException',
        status: 404,
      });
      await create('versioned-update');
      expect(await update({ templateName: 'versioned-update', defaultVersionId: 2 })).toMatchObject({
        name: 'InvalidRequestException',
        status: 400,
      });
    },
  );
});

describe('versions of a provisioning template', () => {
  const addVersion = (templateName: string, more: object = {}) =>
    boto.ok('iot.create_provisioning_template_version', { templateName, templateBody: FLEET, ...more });

  behaviour(
    'A new version of a provisioning template becomes the default only when asked to',
    { known: 'documented', source: 'API reference, CreateProvisioningTemplateVersion' },
    async () => {
      await create('versions', jitp);
      const templateBody = templateText({ thing: { ThingName: 'fixed' } });
      expect(await addVersion('versions', { templateBody })).toMatchObject({
        versionId: 2,
        isDefaultVersion: false,
      });
      expect((await describeTemplate('versions'))['templateBody']).toBe(jitp.templateBody);
      await boto.ok('iot.update_provisioning_template', { templateName: 'versions', defaultVersionId: 2 });
      expect(await describeTemplate('versions')).toMatchObject({ templateBody, defaultVersionId: 2 });
      await addVersion('versions', { templateBody: jitp.templateBody, setAsDefault: true });
      const { versions } = await boto.ok('iot.list_provisioning_template_versions', {
        templateName: 'versions',
      });
      expect(
        versions.map((version: { versionId: number; isDefaultVersion: boolean }) => [
          version.versionId,
          version.isDefaultVersion,
        ]),
      ).toEqual([
        [3, true],
        [2, false],
        [1, false],
      ]);
      const described = await boto.ok('iot.describe_provisioning_template_version', {
        templateName: 'versions',
        versionId: 2,
      });
      expect(described).toMatchObject({ versionId: 2, templateBody, isDefaultVersion: false });
    },
  );

  behaviour(
    'A provisioning template has 5 versions at most, and VersionsLimitExceededException 409 for a sixth; numbers are not used again',
    { known: 'documented', source: 'AWS IoT Core quotas' },
    async () => {
      await create('five');
      for (let version = 2; version <= 5; version += 1) await addVersion('five');
      const sixth = { templateName: 'five', templateBody: FLEET };
      expect(await boto.refusal('iot.create_provisioning_template_version', sixth)).toMatchObject({
        name: 'VersionsLimitExceededException',
        status: 409,
      });
      await boto.ok('iot.delete_provisioning_template_version', { templateName: 'five', versionId: 5 });
      expect((await addVersion('five'))['versionId']).toBe(6);
    },
  );

  behaviour(
    'The default version of a provisioning template cannot be deleted: DeleteConflictException 409',
    { known: 'documented', source: 'API reference, DeleteProvisioningTemplateVersion' },
    async () => {
      await create('default');
      const remove = (versionId: number) =>
        boto.refusal('iot.delete_provisioning_template_version', { templateName: 'default', versionId });
      expect(await remove(1)).toMatchObject({ name: 'DeleteConflictException', status: 409 });
      expect(await remove(2)).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    },
  );
});

describe('DeleteProvisioningTemplate', () => {
  const remove = (templateName: string) => ['iot.delete_provisioning_template', { templateName }] as const;

  behaviour(
    'A provisioning template is deleted with all its versions',
    {
      known: 'measured',
      source: 'hashicorp/terraform-provider-aws, acceptance tests of aws_iot_provisioning_template',
    },
    async () => {
      await create('deleted');
      await boto.ok('iot.create_provisioning_template_version', {
        templateName: 'deleted',
        templateBody: FLEET,
        setAsDefault: true,
      });
      await boto.ok(...remove('deleted'));
      expect(await boto.refusal(...remove('deleted'))).toMatchObject({
        name: 'ResourceNotFoundException',
        status: 404,
      });
      await create('deleted');
    },
  );

  behaviour(
    'A provisioning template that a CA names cannot be deleted: DeleteConflictException 409',
    {
      known: 'assumed',
      source: 'API reference, DeleteProvisioningTemplate: "attached to one or more resources"',
    },
    async () => {
      await create('named', jitp);
      const ca = await maker.ca({ subject: '/CN=names a template' });
      await boto.ok('iot.register_ca_certificate', {
        caCertificate: ca.pem,
        certificateMode: 'SNI_ONLY',
        registrationConfig: { templateName: 'named' },
      });
      expect(await boto.refusal(...remove('named'))).toMatchObject({
        name: 'DeleteConflictException',
        status: 409,
      });
      await boto.ok('iot.update_ca_certificate', { certificateId: ca.id, removeAutoRegistration: true });
      await boto.ok(...remove('named'));
    },
  );

  behaviour(
    'Provisioning templates are listed page by page without their bodies',
    { known: 'documented', source: 'API reference, ListProvisioningTemplates' },
    async () => {
      const list = (more: object) => boto.ok('iot.list_provisioning_templates', more, 'eu-west-1');
      for (const templateName of ['one', 'two', 'three']) {
        await boto.ok('iot.create_provisioning_template', input(templateName, jitp), 'eu-west-1');
      }
      const first = await list({ maxResults: 2 });
      const second = await list({ maxResults: 2, nextToken: first['nextToken'] });
      const templates = [...first['templates'], ...second['templates']];
      expect(templates.map(({ templateName }) => templateName)).toEqual(['one', 'two', 'three']);
      expect(templates[0]).toMatchObject({ type: 'JITP', enabled: false });
      expect(templates[0].templateBody).toBeUndefined();
      expect(second['nextToken']).toBeUndefined();
    },
  );
});
