import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { CreateThingCommand, DescribeThingCommand, ListThingsCommand } from '@aws-sdk/client-iot';
import { PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { clientsFor, refusalOf } from '@/lib/sandbox/testing/clients';

let sandbox: Sandbox;
const unexpected: unknown[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ onUnexpected: (error) => unexpected.push(error) });
});
afterEach(() => control('DELETE', 'faults'));
afterAll(async () => {
  await sandbox.close();
  expect(unexpected).toEqual([]);
});

async function control(method: string, path: string, body?: unknown) {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await fetch(`${sandbox.api}/_sandbox/${path}`, init);
  const said: unknown = await answer.json();
  return { status: answer.status, body: said };
}

const explain = (code: string, labels: { certificateId?: string; clientId?: string } = {}) =>
  sandbox.state.explanations.explain({ code, message: code, ...labels }, new Date());

describe('GET /_sandbox/events', () => {
  it('answers what every filter fits, a page at a time', async () => {
    const start = sandbox.state.explanations.lastSequence;
    const first = explain('one', { certificateId: 'c1', clientId: 'd1' });
    explain('one', { certificateId: 'c2' });
    explain('two', { certificateId: 'c1', clientId: 'd2' });
    const last = explain('one', { certificateId: 'c1', clientId: 'd2' });
    const filters = `events?after=${start}&certificateId=c1&code=one`;
    expect((await control('GET', filters)).body).toEqual({ events: [first, last], next: last.sequence });
    expect((await control('GET', `${filters}&limit=1`)).body).toEqual({
      events: [first],
      next: first.sequence,
    });
    expect((await control('GET', `${filters}&clientId=d2`)).body).toEqual({
      events: [last],
      next: last.sequence,
    });
    expect((await control('GET', `events?after=${start}&caCertificateId=c1`)).body).toEqual({
      events: [],
      next: last.sequence,
    });
  });

  it('waits for the next event that fits, and not for others', async () => {
    const after = sandbox.state.explanations.lastSequence;
    const answer = control('GET', `events?after=${after}&code=awaited&waitMs=20000`);
    await new Promise((done) => setTimeout(done, 50));
    explain('other');
    const awaited = explain('awaited');
    expect((await answer).body).toEqual({ events: [awaited], next: awaited.sequence });
  });

  it('answers when the wait is over', async () => {
    const after = sandbox.state.explanations.lastSequence;
    expect((await control('GET', `events?after=${after}&waitMs=30`)).body).toEqual({
      events: [],
      next: after,
    });
  });

  it('does not wait with a sequence of a process that is gone', async () => {
    const next = sandbox.state.explanations.lastSequence;
    expect((await control('GET', `events?after=${next + 7}&waitMs=20000`)).body).toEqual({
      events: [],
      next,
    });
  });

  it('forgets a page that was closed', async () => {
    const after = sandbox.state.explanations.lastSequence;
    const page = new AbortController();
    const answer = fetch(`${sandbox.api}/_sandbox/events?after=${after}&waitMs=20000`, {
      signal: page.signal,
    });
    await new Promise((done) => setTimeout(done, 50));
    page.abort();
    await expect(answer).rejects.toThrow();
  });
});

describe('POST /_sandbox/faults', () => {
  behaviour(
    'A throttled call is ThrottlingException, 400 of the control plane and 429 of the data plane, and Throttling 400 of IAM',
    {
      known: 'documented',
      source: 'service model, ThrottlingException of both planes; IAM API reference, common errors',
    },
    async () => {
      const clients = clientsFor(sandbox.api);
      const order = { operation: '*', fault: 'throttling', count: 3 };
      const { status, body } = await control('POST', 'faults', order);
      expect([status, body]).toEqual([
        201,
        { id: expect.any(String), ...order, createdAt: expect.any(String), fired: 0 },
      ]);
      const refusal = { name: 'ThrottlingException', message: 'Rate exceeded' };
      expect(await refusalOf(clients.iot.send(new ListThingsCommand({})))).toEqual({
        ...refusal,
        status: 400,
      });
      expect(await refusalOf(clients.data.send(new PublishCommand({ topic: 'a' })))).toEqual({
        ...refusal,
        status: 429,
      });
      const role = new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: '{}' });
      expect(await refusalOf(clients.iam.send(role))).toMatchObject({ name: 'Throttling', status: 400 });
      expect((await control('GET', 'faults')).body).toEqual({ faults: [] });
      await clients.iot.send(new ListThingsCommand({}));
    },
  );

  it('hits only the operation it names, until it is removed, and explains each hit', async () => {
    const clients = clientsFor(sandbox.api);
    const order = { operation: 'CreateThing', fault: 'server-error' };
    const fault = (await control('POST', 'faults', order)).body as { id: string };
    const after = sandbox.state.explanations.lastSequence;
    const create = () => clients.iot.send(new CreateThingCommand({ thingName: 'hit' }));
    for (let call = 0; call < 2; call += 1) {
      expect(await refusalOf(create())).toMatchObject({ name: 'InternalFailureException', status: 500 });
    }
    expect(await refusalOf(clients.iot.send(new DescribeThingCommand({ thingName: 'hit' })))).toMatchObject({
      status: 404,
    });
    expect((await control('GET', 'faults')).body).toMatchObject({ faults: [{ id: fault.id, fired: 2 }] });
    expect(sandbox.state.explanations.after(after)).toMatchObject([
      {
        code: 'fault-injected',
        region: 'us-east-2',
        params: { operation: 'CreateThing', faultId: fault.id },
      },
      { code: 'fault-injected' },
    ]);
    expect((await control('DELETE', `faults/${fault.id}`)).body).toEqual({ removed: 1 });
    expect((await control('DELETE', `faults/${fault.id}`)).status).toBe(404);
    await create();
  });

  it('holds a call back, or ends its connection', async () => {
    const clients = clientsFor(sandbox.api);
    const list = () => clients.iot.send(new ListThingsCommand({}));
    await list();
    await control('POST', 'faults', { operation: 'ListThings', fault: 'latency', latencyMs: 120, count: 1 });
    const started = performance.now();
    await list();
    expect(performance.now() - started).toBeGreaterThan(115);
    await control('POST', 'faults', { operation: 'ListThings', fault: 'dropped-connection', count: 1 });
    await expect(list()).rejects.toThrow(/socket hang up|ECONNRESET/);
    await list();
  });

  it('never hits with probability 0, and is gone after a reset', async () => {
    const { iot } = clientsFor(sandbox.api);
    await control('POST', 'faults', { operation: '*', fault: 'server-error', probability: 0 });
    await iot.send(new ListThingsCommand({}));
    await control('POST', 'reset');
    expect((await control('GET', 'faults')).body).toEqual({ faults: [] });
  });
});

describe('what is refused, with a sentence', () => {
  it.each<[method: string, path: string, body: unknown, sentence: RegExp]>([
    ['GET', 'events?after=x', undefined, /after must be the sequence number of an event/],
    ['GET', 'events?after=1&after=2', undefined, /"after" is given more than once/],
    ['GET', 'events?afterwards=1', undefined, /There is no "afterwards" here/],
    ['GET', 'events?limit=0', undefined, /limit must be a whole number from 1 to 2000/],
    ['GET', 'events?waitMs=25001', undefined, /waitMs must be a whole number from 0 to 25000/],
    ['GET', 'events?code=', undefined, /code must not be empty/],
    ['GET', 'clients?x=1', undefined, /There is no "x" here/],
    ['POST', 'faults', [], /not a JSON object/],
    ['POST', 'faults', { fault: 'latency', latencyMs: 1 }, /operation must be the name of an operation/],
    ['POST', 'faults', { operation: 'DescribeThings', fault: 'throttling' }, /operation must be the name/],
    ['POST', 'faults', { operation: '*', fault: 'fire' }, /fault must be one of latency, throttling/],
    ['POST', 'faults', { operation: '*', fault: 'latency' }, /latencyMs is needed by the fault latency/],
    ['POST', 'faults', { operation: '*', fault: 'throttling', latencyMs: 1 }, /by no other/],
    ['POST', 'faults', { operation: '*', fault: 'latency', latencyMs: 60_001 }, /latencyMs must be milli/],
    ['POST', 'faults', { operation: '*', fault: 'throttling', count: 0 }, /count must be a whole number/],
    ['POST', 'faults', { operation: '*', fault: 'throttling', count: 1.5 }, /count must be a whole number/],
    ['POST', 'faults', { operation: '*', fault: 'throttling', probability: 2 }, /probability must be/],
    ['POST', 'faults', { operation: '*', fault: 'throttling', times: 1 }, /There is no "times" here/],
  ])('%s %s %j', async (method, path, body, sentence) => {
    const answer = await control(method, path, body);
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringMatching(sentence) } });
    expect(sandbox.state.faults.size).toBe(0);
  });

  it('a hundred and first fault', async () => {
    const order = { operation: 'DeleteThing', fault: 'throttling' };
    for (let count = 0; count < 100; count += 1) await control('POST', 'faults', order);
    expect(await control('POST', 'faults', order)).toMatchObject({ status: 400 });
    expect((await control('DELETE', 'faults')).body).toEqual({ removed: 100 });
  });

  it('another method', async () => {
    expect((await control('PUT', 'faults')).status).toBe(405);
    expect((await control('DELETE', 'faults/../reset')).status).toBe(405);
    expect((await control('DELETE', 'nothing')).status).toBe(404);
  });
});
