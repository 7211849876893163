/** What every REST operation has in common on the wire, without a client that could hide it. */
import { expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const { sandbox, boto } = await testSandbox();

const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
const scope = (region: string, key = 'AKIA') => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/${region}/iot/aws4_request, SignedHeaders=host, Signature=0`,
});

/** One request as it stands: status, error type and members of the answer. */
async function ask(method: string, target: string, given: { body?: string; headers?: object } = {}) {
  const headers: Record<string, string> = { ...scope('us-east-2'), ...given.headers };
  const body = given.body === undefined ? {} : { body: given.body };
  const response = await fetch(sandbox.api + target, { method, headers, ...body });
  const members: unknown = await response.json();
  return { status: response.status, type: response.headers.get('x-amzn-errortype'), members };
}

behaviour(
  'An error has its type in the header x-amzn-errortype, its text in the body, and the HTTP status of the model',
  { known: 'documented', source: 'service model, error shapes' },
  async () => {
    expect(await ask('GET', '/things/nobody')).toMatchObject({
      ...{ status: 404, type: 'ResourceNotFoundException' },
      members: { message: expect.stringContaining('nobody') },
    });
    await ask('POST', '/policies/once', { body: JSON.stringify({ policyDocument: POLICY }) });
    const again = await ask('POST', '/policies/once', { body: JSON.stringify({ policyDocument: POLICY }) });
    expect(again).toMatchObject({ status: 409, type: 'ResourceAlreadyExistsException' });
  },
);

behaviour(
  'A broken constraint of the model is InvalidRequestException 400 and says which member broke it',
  { known: 'measured', source: 'getmoto/moto, tests of IoT' },
  async () => {
    const broken: [target: string, body: string, text: string][] = [
      ['/policies/p', '{}', "1 validation error detected: Value null at 'policyDocument'"],
      ['/things/a.b', '{}', 'Member must satisfy regular expression pattern: [a-zA-Z0-9:_-]+'],
      [`/things/${'x'.repeat(129)}`, '{}', 'Member must have length less than or equal to 128'],
    ];
    for (const [target, body, text] of broken) {
      expect(await ask('POST', target, { body }), target).toMatchObject({
        ...{ status: 400, type: 'InvalidRequestException' },
        members: { message: expect.stringContaining(text) },
      });
    }
    const { members } = await ask('GET', '/certificates?pageSize=251');
    expect(JSON.stringify(members)).toContain('Member must have value less than or equal to 250');
  },
);

behaviour(
  'Names in a path are decoded one by one, so that an encoded slash or colon is part of the name',
  { known: 'documented', source: 'REST JSON protocol: label bindings' },
  async () => {
    await ask('POST', '/things/line%3A7', { body: '{}' });
    expect((await ask('GET', '/things/line:7')).members).toMatchObject({ thingName: 'line:7' });
    const arn = encodeURIComponent(`arn:aws:iot:us-east-2:123456789012:cert/${'0'.repeat(64)}`);
    expect((await ask('POST', `/attached-policies/${arn}`)).type).toBe('ResourceNotFoundException');
  },
);

behaviour(
  'Times in answers are numbers, seconds since 1970',
  { known: 'documented', source: 'service model: timestamps of a REST JSON service' },
  async () => {
    await ask('POST', '/thing-types/Timed', { body: '{}' });
    const { members } = await ask('GET', '/thing-types/Timed');
    const at = Object(members).thingTypeMetadata.creationDate;
    expect(Math.abs(at - Date.now() / 1000)).toBeLessThan(60);
  },
);

behaviour(
  'A body that is no JSON object is InvalidRequestException 400',
  { known: 'assumed', source: '' },
  async () => {
    for (const body of ['{"a":', '[]', 'null', '"x"']) {
      expect(await ask('POST', '/things/a', { body })).toMatchObject({
        ...{ status: 400, type: 'InvalidRequestException' },
      });
    }
  },
);

behaviour(
  'A method and path that no operation has is UnknownOperationException 404',
  { known: 'assumed', source: '' },
  async () => {
    for (const [method, target] of [
      ['GET', '/nowhere'],
      ['PUT', '/things'],
    ] as const) {
      expect(await ask(method, target)).toMatchObject({ status: 404, type: 'UnknownOperationException' });
    }
  },
);

behaviour(
  'A Region that has not the form of one is InvalidSignatureException 403',
  { known: 'assumed', source: '' },
  async () => {
    const shaped = await ask('GET', '/things', { headers: scope('us-gov-west-1') });
    expect(shaped.status).toBe(200);
    for (const region of ['us', '0-0-0']) {
      expect(await ask('GET', '/things', { headers: scope(region) })).toMatchObject({
        ...{ status: 403, type: 'InvalidSignatureException' },
      });
    }
  },
);

behaviour(
  'An operation of the model that is not built is NotImplementedException 501, never an empty success',
  { known: 'assumed', source: '' },
  async () => {
    expect(await boto.refusal('iot.list_jobs')).toMatchObject({
      ...{ name: 'NotImplementedException', status: 501 },
      message: expect.stringContaining('ListJobs'),
    });
  },
);

behaviour(
  'A list has 25 rows a page unless pageSize or maxResults says otherwise, 250 at most',
  { known: 'documented', source: 'API reference, ListCACertificates; service model, PageSize' },
  async () => {
    const region = 'sa-east-1';
    for (let count = 0; count < 26; count += 1) {
      await boto.ok('iot.create_policy', { policyName: `p${count}`, policyDocument: POLICY }, region);
    }
    const rows = async (input: object) => (await boto.ok('iot.list_policies', input, region))['policies'];
    expect([await rows({}), await rows({ pageSize: 250 })].map(({ length }) => length)).toEqual([25, 26]);
    expect((await boto.refusal('iot.list_policies', { pageSize: 251 }, region)).status).toBe(400);
  },
);
