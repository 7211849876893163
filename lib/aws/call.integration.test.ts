import { createServer, type RequestListener } from 'node:http';
import { IoTClient } from '@aws-sdk/client-iot';
import { describe, expect, it } from 'vitest';
import { createCaller } from './call';
import { thingOperations } from './iot/things';
import { createThrottle } from './throttle';

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** An endpoint that answers every request alike, for answers that no right-minded AWS gives. */
async function endpointThat(answers: RequestListener) {
  const server = createServer(answers).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function thingsAt(endpoint: string, callsPerSecond = 1000) {
  const client = new IoTClient({
    region: 'eu-central-1',
    endpoint,
    credentials: CREDENTIALS,
    maxAttempts: 1,
  });
  return thingOperations(
    createCaller(
      'IoT',
      client,
      createThrottle(callsPerSecond, () => performance.now()),
    ),
  );
}

const awsError =
  (status: number, name: string, message: string): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'x-amzn-errortype': name, 'x-amzn-requestid': 'request-1' });
    response.end(JSON.stringify({ message }));
  };

describe('a call that AWS refuses', () => {
  it("keeps AWS's name, text, status and request id", async () => {
    await using aws = await endpointThat(awsError(403, 'AccessDeniedException', 'not authorized to perform'));
    expect(await thingsAt(aws.url).deleteThing('pump-7')).toEqual({
      ok: false,
      failure: {
        kind: 'aws',
        service: 'IoT',
        operation: 'DeleteThing',
        name: 'AccessDeniedException',
        message: 'not authorized to perform',
        status: 403,
        requestId: 'request-1',
      },
    });
  });

  it('is "not found" in our words where AWS knows no such resource', async () => {
    await using aws = await endpointThat(
      awsError(404, 'ResourceNotFoundException', 'Thing pump-7 does not exist'),
    );
    expect(await thingsAt(aws.url).describeThing('pump-7')).toEqual({
      ok: false,
      failure: { kind: 'not-found', resource: 'thing', id: 'pump-7' },
    });
  });
});

describe('a call that nobody answers as AWS would', () => {
  it('is unreachable where nothing listens', async () => {
    let url = '';
    {
      await using gone = await endpointThat((_request, response) => response.end());
      url = gone.url;
    }
    expect(await thingsAt(url).describeThing('pump-7')).toMatchObject({
      failure: {
        kind: 'aws-unreachable',
        service: 'IoT',
        operation: 'DescribeThing',
        reason: 'ECONNREFUSED',
      },
    });
  });

  it.each([
    [200, 'a proxy that greets with a page'],
    [502, 'a proxy that fails with a page'],
  ])('is unreachable where a page comes back with status %i (%s)', async (status) => {
    await using page = await endpointThat((_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html' });
      response.end('<html>Sign in to the network</html>');
    });
    expect(await thingsAt(page.url).describeThing('pump-7')).toMatchObject({
      ok: false,
      failure: { kind: 'aws-unreachable', reason: 'NotAnAwsAnswer' },
    });
  });

  it('is unreachable, for want of anybody to sign as, without credentials', async () => {
    await using aws = await endpointThat((_request, response) => response.end('{}'));
    const client = new IoTClient({
      region: 'eu-central-1',
      endpoint: aws.url,
      credentials: () =>
        Promise.reject(Object.assign(new Error('none'), { name: 'CredentialsProviderError' })),
    });
    const things = thingOperations(
      createCaller(
        'IoT',
        client,
        createThrottle(10, () => performance.now()),
      ),
    );
    expect(await things.describeThing('pump-7')).toMatchObject({
      failure: { kind: 'aws-unreachable', reason: 'CredentialsProviderError' },
    });
  });
});

describe('an answer that lacks what AWS always sends', () => {
  it('is a bug and throws with the name of the field', async () => {
    await using aws = await endpointThat((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"thingArn":"arn:aws:iot:eu-central-1:123456789012:thing/pump-7"}');
    });
    await expect(thingsAt(aws.url).describeThing('pump-7')).rejects.toThrow('AWS sent no thingName');
  });
});

describe('calls beyond the environment’s rate', () => {
  it('are told "busy" with a time instead of piling up', async () => {
    await using aws = await endpointThat((_request, response) => response.end('{}'));
    const things = thingsAt(aws.url, 1);
    const answers = await Promise.all(Array.from({ length: 13 }, () => quick(things.deleteThing('pump-7'))));
    const refused = answers.filter((answer) => answer !== 'waiting' && !answer.ok);
    expect(refused.length).toBe(2);
    for (const answer of refused) {
      expect(answer).toMatchObject({ failure: { kind: 'busy', retryAfterMs: expect.any(Number) } });
    }
  });
});

/** The answer if it is there within a moment; those that queue are left to themselves. */
const quick = <Value>(answer: Promise<Value>): Promise<Value | 'waiting'> =>
  Promise.race([answer, new Promise<'waiting'>((resolve) => setTimeout(() => resolve('waiting'), 500))]);
