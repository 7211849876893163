import { X509Certificate } from 'node:crypto';
import { TestAuthorizationCommand } from '@aws-sdk/client-iot';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker } from '@/lib/sandbox/testing/certificate-maker';
import { clientsFor } from '@/lib/sandbox/testing/clients';

const ARN = 'arn:aws:iot:us-east-2:123456789012:';
const THING = `\${iot:Connection.Thing.ThingName}`;
const REFUSED = { name: 'InvalidRequestException', status: 400 };
const MISSING = { name: 'ResourceNotFoundException', status: 404 };

let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;
beforeAll(async () => {
  sandbox = await startSandbox();
  boto = new Boto(sandbox.api);
  maker = await CertificateMaker.open();
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

type Statement = { Effect?: 'Allow' | 'Deny'; Action?: string | string[]; Resource?: string | string[] };
const documentOf = (...statements: readonly (Statement & { Condition?: object; NotResource?: string })[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', Action: 'iot:*', ...statement })),
  });

let count = 0;
async function newPolicy(policyDocument: string): Promise<string> {
  count += 1;
  const policyName = `policy-${String(count).padStart(3, '0')}`;
  await boto.ok('iot.create_policy', { policyName, policyDocument });
  return policyName;
}

/** A certificate with policies of these documents. */
async function newPrincipal(documents: readonly string[], subject = '/CN=device'): Promise<string> {
  const { pem: certificatePem } = await maker.ca({ subject });
  const made = await boto.ok('iot.register_certificate_without_ca', { certificatePem });
  const target: string = made['certificateArn'];
  for (const document of documents) {
    await boto.ok('iot.attach_policy', { policyName: await newPolicy(document), target });
  }
  return target;
}

async function newThing(thingName: string, principal: string, more: object = {}): Promise<void> {
  await boto.ok('iot.create_thing', { thingName, attributePayload: { attributes: { site: 'kyoto' } } });
  await boto.ok('iot.attach_thing_principal', { thingName, principal, ...more });
}

type Asked = { action?: string; resource: string; clientId?: string };

async function results(principal: string, asked: Asked, more: object = {}) {
  const { action = 'PUBLISH', resource, ...rest } = asked;
  const authInfos = [{ actionType: action, resources: [`${ARN}${resource}`] }];
  const answer = await boto.ok('iot.test_authorization', { principal, authInfos, ...rest, ...more });
  return answer['authResults'][0];
}
const decision = async (principal: string, asked: Asked, more: object = {}): Promise<string> =>
  (await results(principal, asked, more)).authDecision;

behaviour(
  'TestAuthorization denies implicitly what no policy allows, and an explicit Deny in any policy wins',
  { known: 'documented', source: 'guide, "AWS IoT Core policies"' },
  async () => {
    const principal = await newPrincipal([
      documentOf({ Action: 'iot:Publish', Resource: `${ARN}topic/a/*` }),
      documentOf({ Effect: 'Deny', Action: 'iot:Publish', Resource: `${ARN}topic/a/secret` }),
    ]);
    expect(await decision(principal, { resource: 'topic/a/b' })).toBe('ALLOWED');
    expect(await decision(principal, { resource: 'topic/b' })).toBe('IMPLICIT_DENY');
    expect(await decision(principal, { resource: 'topic/a/secret' })).toBe('EXPLICIT_DENY');
    expect(await decision(principal, { action: 'CONNECT', resource: 'client/a/b' })).toBe('IMPLICIT_DENY');
  },
);

behaviour(
  'TestAuthorization lists the policies that allow, those that deny explicitly, and those that say nothing',
  { known: 'documented', source: 'API reference, AuthResult; AWS CLI example of test-authorization' },
  async () => {
    const { iot } = clientsFor(sandbox.api);
    const principal = await newPrincipal([
      documentOf({ Resource: '*' }),
      documentOf({ Action: 'iot:Connect', Resource: '*' }),
      documentOf({ Effect: 'Deny', Resource: `${ARN}topic/no` }),
    ]);
    const names = [2, 1, 0].map((back) => `policy-${String(count - back).padStart(3, '0')}`);
    const [everything, connect, deny] = names.map((policyName) => ({
      policyName,
      policyArn: `${ARN}policy/${policyName}`,
    }));
    const authInfos = [
      { actionType: 'PUBLISH' as const, resources: [`${ARN}topic/no`] },
      { actionType: 'RECEIVE' as const, resources: [`${ARN}topic/yes`] },
    ];
    const { authResults } = await iot.send(new TestAuthorizationCommand({ principal, authInfos }));
    expect(authResults).toEqual([
      {
        authInfo: authInfos[0],
        allowed: { policies: [everything] },
        denied: { implicitDeny: { policies: [connect] }, explicitDeny: { policies: [deny] } },
        authDecision: 'EXPLICIT_DENY',
        missingContextValues: [],
      },
      {
        authInfo: authInfos[1],
        allowed: { policies: [everything] },
        denied: { implicitDeny: { policies: [connect, deny] }, explicitDeny: { policies: [] } },
        authDecision: 'ALLOWED',
        missingContextValues: [],
      },
    ]);
  },
);

behaviour(
  'Of several resources of one authInfo all must be allowed',
  { known: 'assumed', source: '' },
  async () => {
    const principal = await newPrincipal([documentOf({ Resource: `${ARN}topic/a` })]);
    const decide = async (...resources: readonly string[]) => {
      const authInfos = [{ actionType: 'PUBLISH', resources: resources.map((name) => `${ARN}${name}`) }];
      const { authResults } = await boto.ok('iot.test_authorization', { principal, authInfos });
      return authResults[0].authDecision;
    };
    expect([await decide('topic/a'), await decide('topic/a', 'topic/b')]).toEqual([
      'ALLOWED',
      'IMPLICIT_DENY',
    ]);
  },
);

behaviour(
  'A * of a policy crosses slashes, ? is one character, and the MQTT wildcards + and # are literals',
  { known: 'documented', source: 'guide, "Using wildcard characters in MQTT and AWS IoT Core policies"' },
  async () => {
    const principal = await newPrincipal([
      documentOf({ Action: 'iot:Publish', Resource: [`${ARN}topic/star/*`, `${ARN}topic/one/?`] }),
      documentOf({ Action: 'iot:Subscribe', Resource: [`${ARN}topicfilter/plus/+`] }),
    ]);
    expect(await decision(principal, { resource: 'topic/star/b/c' })).toBe('ALLOWED');
    expect(await decision(principal, { resource: 'topic/one/b' })).toBe('ALLOWED');
    expect(await decision(principal, { resource: 'topic/one/bc' })).toBe('IMPLICIT_DENY');
    const subscribe = (resource: string) => decision(principal, { action: 'SUBSCRIBE', resource });
    expect(await subscribe('topicfilter/plus/+')).toBe('ALLOWED');
    expect(await subscribe('topicfilter/plus/a')).toBe('IMPLICIT_DENY');
    expect(await subscribe('topicfilter/plus/#')).toBe('IMPLICIT_DENY');
  },
);

behaviour(
  'A Deny of topicfilter/a/restricted/* lets the subscription a/# through, and its Receive is what stops the messages',
  { known: 'documented', source: 'guide, "Publish/Subscribe policy examples"' },
  async () => {
    const principal = await newPrincipal([
      documentOf(
        { Action: ['iot:Subscribe', 'iot:Receive'], Resource: [`${ARN}topicfilter/a/*`, `${ARN}topic/a/*`] },
        {
          Effect: 'Deny',
          Action: ['iot:Subscribe', 'iot:Receive'],
          Resource: [`${ARN}topicfilter/a/restricted/*`, `${ARN}topic/a/restricted/*`],
        },
      ),
    ]);
    expect(await decision(principal, { action: 'SUBSCRIBE', resource: 'topicfilter/a/#' })).toBe('ALLOWED');
    expect(await decision(principal, { action: 'SUBSCRIBE', resource: 'topicfilter/a/restricted/x' })).toBe(
      'EXPLICIT_DENY',
    );
    expect(await decision(principal, { action: 'RECEIVE', resource: 'topic/a/restricted/x' })).toBe(
      'EXPLICIT_DENY',
    );
  },
);

behaviour(
  'The variable iot:ClientId stands for the client id, taken literally; without one it is a missing context value',
  { known: 'documented', source: 'guide, "Basic AWS IoT Core policy variables"' },
  async () => {
    const principal = await newPrincipal([documentOf({ Resource: `${ARN}topic/\${iot:ClientId}` })]);
    expect(await decision(principal, { resource: 'topic/d1', clientId: 'd1' })).toBe('ALLOWED');
    expect(await decision(principal, { resource: 'topic/anything', clientId: '*' })).toBe('IMPLICIT_DENY');
    expect(await results(principal, { resource: 'topic/d1' })).toMatchObject({
      authDecision: 'IMPLICIT_DENY',
      missingContextValues: ['iot:ClientId'],
    });
  },
);

behaviour(
  'Thing variables have values when the client id is the name of a thing that the certificate is attached to',
  { known: 'documented', source: 'guide, "Thing policy variables"' },
  async () => {
    const principal = await newPrincipal([
      documentOf({
        Resource: [`${ARN}topic/${THING}`, `${ARN}topic/\${iot:Connection.Thing.Attributes[site]}`],
      }),
    ]);
    await newThing('shared-1', principal);
    await boto.ok('iot.create_thing', { thingName: 'unattached' });
    const publish = (resource: string, clientId: string) => results(principal, { resource, clientId });
    expect((await publish('topic/shared-1', 'shared-1')).authDecision).toBe('ALLOWED');
    expect((await publish('topic/kyoto', 'shared-1')).authDecision).toBe('ALLOWED');
    expect(await publish('topic/unattached', 'unattached')).toMatchObject({
      authDecision: 'IMPLICIT_DENY',
      missingContextValues: ['iot:Connection.Thing.ThingName', 'iot:Connection.Thing.Attributes[site]'],
    });
    expect((await publish('topic/shared-1', 'other')).authDecision).toBe('IMPLICIT_DENY');
  },
);

behaviour(
  'An exclusively attached thing is the one of the connection whatever the client id is',
  { known: 'documented', source: 'guide, "Associating an AWS IoT thing to an MQTT client connection"' },
  async () => {
    const principal = await newPrincipal([documentOf({ Resource: `${ARN}topic/${THING}` })]);
    await newThing('sole-1', principal, { thingPrincipalType: 'EXCLUSIVE_THING' });
    expect(await decision(principal, { resource: 'topic/sole-1', clientId: 'whoever' })).toBe('ALLOWED');
  },
);

behaviour(
  'The variable iot:Connection.Thing.IsAttached tells whether the connection has a thing',
  { known: 'documented', source: 'guide, "Thing policy variables"' },
  async () => {
    const condition = { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } };
    const principal = await newPrincipal([documentOf({ Resource: '*', Condition: condition })]);
    await newThing('attached-1', principal);
    const connect = (clientId: string) =>
      decision(principal, { action: 'CONNECT', resource: `client/${clientId}`, clientId });
    expect([await connect('attached-1'), await connect('other')]).toEqual(['ALLOWED', 'IMPLICIT_DENY']);
  },
);

behaviour(
  'Certificate variables stand for the first value of a field, .1 for the second and .List in conditions for all',
  { known: 'documented', source: 'guide, "X.509 Certificate AWS IoT Core policy variables"' },
  async () => {
    const unit = 'iot:Certificate.Subject.OrganizationalUnit';
    const principal = await newPrincipal(
      [
        documentOf(
          { Resource: [`${ARN}topic/first/\${${unit}}`, `${ARN}topic/second/\${${unit}.1}`] },
          {
            Resource: `${ARN}topic/list`,
            Condition: { 'ForAnyValue:StringEquals': { [`${unit}.List`]: ['north'] } },
          },
          { Resource: `${ARN}topic/state/\${iot:Certificate.Subject.State}` },
          { Resource: `${ARN}topic/wild/\${iot:Certificate.Subject.CommonName}` },
        ),
      ],
      '/ST=Kyoto/OU=south/OU=north/CN=a*b',
    );
    const publish = (resource: string) => decision(principal, { resource: `topic/${resource}` });
    expect(await publish('first/south')).toBe('ALLOWED');
    expect(await publish('second/north')).toBe('ALLOWED');
    expect(await publish('second/south')).toBe('IMPLICIT_DENY');
    expect(await publish('list')).toBe('ALLOWED');
    expect(await publish('state/Kyoto')).toBe('ALLOWED');
    expect(await publish('wild/a*b')).toBe('IMPLICIT_DENY');
  },
);

behaviour(
  'Certificate values carry a backslash before special characters; those with wildcards stay unresolved',
  { known: 'documented', source: 'guide, "X.509 Certificate AWS IoT Core policy variables", limitations' },
  async () => {
    const name = 'iot:Certificate.Subject';
    const principal = await newPrincipal(
      [
        documentOf({
          Resource: [
            `${ARN}topic/org/\${${name}.Organization}`,
            `${ARN}topic/wild/\${${name}.Title}`,
            `${ARN}topic/\${${name}.CommonName}`,
          ],
        }),
      ],
      '/O=Acme, Inc/title=a?b/CN=plain',
    );
    const publish = (resource: string) => results(principal, { resource: `topic/${resource}` });
    expect((await publish('org/Acme\\, Inc')).authDecision).toBe('ALLOWED');
    expect((await publish('org/Acme, Inc')).authDecision).toBe('IMPLICIT_DENY');
    expect(await publish('wild/a?b')).toMatchObject({
      authDecision: 'IMPLICIT_DENY',
      missingContextValues: [`${name}.Title`],
    });
    expect((await publish('plain')).authDecision).toBe('ALLOWED');
  },
);

behaviour(
  'Issuer, alternative names, serial number and the list of available keys of a certificate are variables too',
  { known: 'documented', source: 'guide, "X.509 Certificate AWS IoT Core policy variables"' },
  async () => {
    const issuer = await maker.ca({ subject: '/O=Factory' });
    const { pem: certificatePem } = await maker.leaf(issuer, {
      subject: '/CN=device',
      extensions: 'subjectAltName=DNS:pump.example.com,email:pump@example.com',
    });
    const made = await boto.ok('iot.register_certificate_without_ca', { certificatePem });
    const principal: string = made['certificateArn'];
    const name = 'iot:Certificate';
    const policyDocument = documentOf(
      { Resource: `${ARN}topic/issuer/\${${name}.Issuer.Organization}` },
      { Resource: `${ARN}topic/dns/\${${name}.Subject.AlternativeName.DNSName}` },
      { Resource: `${ARN}topic/mail/\${${name}.Subject.AlternativeName.RFC822Name}` },
      { Resource: `${ARN}topic/serial/\${${name}.SerialNumber}` },
      {
        Resource: `${ARN}topic/keys`,
        Condition: {
          'ForAnyValue:StringEquals': { [`${name}.AvailableKeys`]: `${name}.Subject.CommonName` },
        },
      },
      {
        Resource: `${ARN}topic/other-keys`,
        Condition: { 'ForAnyValue:StringEquals': { [`${name}.AvailableKeys`]: `${name}.Subject.Title` } },
      },
    );
    await boto.ok('iot.attach_policy', { policyName: await newPolicy(policyDocument), target: principal });
    const publish = (resource: string) => decision(principal, { resource: `topic/${resource}` });
    const serial = BigInt(`0x${new X509Certificate(certificatePem).serialNumber}`).toString();
    for (const [resource, expected] of [
      ['issuer/Factory', 'ALLOWED'],
      ['dns/pump.example.com', 'ALLOWED'],
      ['mail/pump@example.com', 'ALLOWED'],
      [`serial/${serial}`, 'ALLOWED'],
      ['keys', 'ALLOWED'],
      ['other-keys', 'IMPLICIT_DENY'],
    ] as const) {
      expect([resource, await publish(resource)]).toEqual([resource, expected]);
    }
  },
);

behaviour(
  'NotResource applies to everything else, and in the version 2008-10-17 a variable is only text',
  { known: 'documented', source: 'guide, "AWS IoT Core policies"; IAM User Guide, "Policy variables"' },
  async () => {
    const not = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:*' }] };
    const document = JSON.stringify(not).replace('"iot:*"', `"iot:*","NotResource":"${ARN}topic/no"`);
    const principal = await newPrincipal([document]);
    expect(await decision(principal, { resource: 'topic/no' })).toBe('IMPLICIT_DENY');
    expect(await decision(principal, { resource: 'topic/yes' })).toBe('ALLOWED');
    const old = documentOf({ Resource: `${ARN}topic/\${iot:ClientId}` }).replace('2012-10-17', '2008-10-17');
    const elder = await newPrincipal([old]);
    expect(await decision(elder, { resource: 'topic/d1', clientId: 'd1' })).toBe('IMPLICIT_DENY');
  },
);

behaviour(
  'A condition on a value that TestAuthorization does not have, such as aws:SourceIp, is a missing context value',
  { known: 'assumed', source: '' },
  async () => {
    const condition = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
    const principal = await newPrincipal([documentOf({ Resource: '*', Condition: condition })]);
    expect(await results(principal, { resource: 'topic/a' })).toMatchObject({
      authDecision: 'IMPLICIT_DENY',
      missingContextValues: ['aws:SourceIp'],
    });
  },
);

behaviour(
  'TestAuthorization: policyNamesToAdd count as attached and policyNamesToSkip as not attached',
  { known: 'documented', source: 'API reference, TestAuthorization' },
  async () => {
    const principal = await newPrincipal([documentOf({ Resource: '*' })]);
    const attached = `policy-${String(count).padStart(3, '0')}`;
    const denying = await newPolicy(documentOf({ Effect: 'Deny', Resource: '*' }));
    const asked = { resource: 'topic/a' };
    expect(await decision(principal, asked, { policyNamesToAdd: [denying] })).toBe('EXPLICIT_DENY');
    expect(await decision(principal, asked, { policyNamesToSkip: [attached] })).toBe('IMPLICIT_DENY');
    const unknown = { principal, authInfos: [{ resources: ['*'] }], policyNamesToAdd: ['nobody'] };
    expect(await boto.refusal('iot.test_authorization', unknown)).toMatchObject(MISSING);
  },
);

behaviour(
  'TestAuthorization counts the policies of the groups of the thing, and of the groups above them',
  {
    known: 'documented',
    source: 'guide, "Static thing groups"; that it is the associated thing whose groups count is assumed',
  },
  async () => {
    const principal = await newPrincipal([]);
    await newThing('grouped-1', principal);
    await boto.ok('iot.create_thing_group', { thingGroupName: 'plant' });
    await boto.ok('iot.create_thing_group', { thingGroupName: 'line', parentGroupName: 'plant' });
    await boto.ok('iot.add_thing_to_thing_group', { thingGroupName: 'line', thingName: 'grouped-1' });
    const policyName = await newPolicy(documentOf({ Resource: `${ARN}topic/plant/*` }));
    const asked = { resource: 'topic/plant/a', clientId: 'grouped-1' };
    expect(await decision(principal, asked)).toBe('IMPLICIT_DENY');
    await boto.ok('iot.attach_policy', { policyName, target: `${ARN}thinggroup/plant` });
    expect(await decision(principal, asked)).toBe('ALLOWED');
    expect(await decision(principal, { ...asked, clientId: 'other' })).toBe('IMPLICIT_DENY');
    expect(await decision(`${ARN}thinggroup/line`, { resource: 'topic/plant/a' })).toBe('ALLOWED');
    await boto.ok('iot.remove_thing_from_thing_group', { thingGroupName: 'line', thingName: 'grouped-1' });
    expect(await decision(principal, asked)).toBe('IMPLICIT_DENY');
  },
);

behaviour(
  "GetEffectivePolicies answers a principal's policies with those of the groups of its things, each with its document",
  { known: 'documented', source: 'API reference, GetEffectivePolicies; AWS CLI example' },
  async () => {
    const own = documentOf({ Action: 'iot:Connect', Resource: '*' });
    const principal = await newPrincipal([own]);
    const ownName = `policy-${String(count).padStart(3, '0')}`;
    await newThing('effective-1', principal);
    await newThing('effective-2', principal);
    await boto.ok('iot.create_thing_group', { thingGroupName: 'site-top' });
    await boto.ok('iot.create_thing_group', { thingGroupName: 'site', parentGroupName: 'site-top' });
    await boto.ok('iot.add_thing_to_thing_group', { thingGroupName: 'site', thingName: 'effective-1' });
    const top = await newPolicy(documentOf({ Resource: `${ARN}topic/top` }));
    const near = await newPolicy(documentOf({ Resource: `${ARN}topic/near` }));
    await boto.ok('iot.attach_policy', { policyName: top, target: `${ARN}thinggroup/site-top` });
    await boto.ok('iot.attach_policy', { policyName: near, target: `${ARN}thinggroup/site` });
    const names = async (input: object) =>
      (await boto.ok('iot.get_effective_policies', input))['effectivePolicies'].map(
        ({ policyName }: { policyName: string }) => policyName,
      );
    expect(await names({ principal })).toEqual([ownName, near, top]);
    expect(await names({ principal, thingName: 'effective-1' })).toEqual([ownName, near, top]);
    expect(await names({ principal, thingName: 'effective-2' })).toEqual([ownName]);
    expect(await names({ thingName: 'effective-1' })).toEqual([near, top]);
    const { effectivePolicies } = await boto.ok('iot.get_effective_policies', { principal });
    expect(effectivePolicies[0]).toEqual({
      policyName: ownName,
      policyArn: `${ARN}policy/${ownName}`,
      policyDocument: own,
    });
  },
);

behaviour(
  'Effective policies are those of default versions',
  { known: 'documented', source: 'guide, "AWS IoT Core policies": the default version is in effect' },
  async () => {
    const principal = await newPrincipal([documentOf({ Resource: '*' })]);
    const policyName = `policy-${String(count).padStart(3, '0')}`;
    const policyDocument = documentOf({ Effect: 'Deny', Resource: '*' });
    await boto.ok('iot.create_policy_version', { policyName, policyDocument });
    expect(await decision(principal, { resource: 'topic/a' })).toBe('ALLOWED');
    await boto.ok('iot.set_default_policy_version', { policyName, policyVersionId: '2' });
    expect(await decision(principal, { resource: 'topic/a' })).toBe('EXPLICIT_DENY');
  },
);

behaviour(
  'Authorization is asked of 1 to 10 authInfos, of what exists, and not of identity pools',
  { known: 'documented', source: 'service model; that identity pools are refused is the sandbox' },
  async () => {
    const principal = await newPrincipal([]);
    const authInfo = { actionType: 'PUBLISH', resources: ['*'] };
    const refusal = (input: object) =>
      boto.refusal('iot.test_authorization', { principal, authInfos: [authInfo], ...input });
    expect(await refusal({ authInfos: [] })).toMatchObject(REFUSED);
    expect(await refusal({ authInfos: Array.from({ length: 11 }, () => authInfo) })).toMatchObject(REFUSED);
    expect(await refusal({ authInfos: [{ ...authInfo, actionType: 'READ' }] })).toMatchObject(REFUSED);
    expect(await refusal({ principal: 'nobody' })).toMatchObject(REFUSED);
    expect(await refusal({ principal: `${ARN}cert/${'0'.repeat(64)}` })).toMatchObject(MISSING);
    expect(await refusal({ cognitoIdentityPoolId: 'us-east-2:x' })).toMatchObject(REFUSED);
    expect(await boto.refusal('iot.get_effective_policies', {})).toMatchObject(REFUSED);
    expect(await boto.refusal('iot.get_effective_policies', { thingName: 'nobody' })).toMatchObject(MISSING);
    const custom = { authorizerName: 'a', mqttContext: {} };
    expect(await boto.refusal('iot.test_invoke_authorizer', custom)).toMatchObject({
      name: 'NotImplementedException',
      status: 501,
    });
  },
);
