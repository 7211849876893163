import { PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BusMessage } from './message-bus';
import { type Sandbox, startSandbox } from './start-sandbox';
import { clientsFor, refusalOf } from './testing/clients';

let sandbox: Sandbox;
let clients: ReturnType<typeof clientsFor>;

beforeAll(async () => {
  sandbox = await startSandbox({ accountId: '123456789012' });
  clients = clientsFor(sandbox.api);
});
beforeEach(() => sandbox.state.reset());
afterAll(() => sandbox.close());

describe('the data plane', () => {
  const published: BusMessage[] = [];
  beforeEach(() => {
    published.length = 0;
    sandbox.state.messageBus = {
      publish: async (message) => {
        published.push(message);
      },
      listen: () => () => undefined,
      clients: () => [],
      deleteConnection: () => false,
    };
  });

  it('publishes what the SDK sends, bytes as they are', async () => {
    const payload = Uint8Array.from({ length: 256 }, (_, index) => index);
    await clients.data.send(new PublishCommand({ topic: 'a/b c/ü', payload, qos: 1 }));
    expect(published).toMatchObject([{ region: 'us-east-2', topic: 'a/b c/ü', qos: 1, retain: false }]);
    expect(Buffer.from(published[0]?.payload ?? []).equals(payload)).toBe(true);
  });

  it('takes plain slashes too, as curl sends them', async () => {
    const response = await fetch(`${sandbox.api}/topics/a/b/c?qos=0&retain=true`, {
      method: 'POST',
      body: 'hi',
    });
    expect(response.status).toBe(200);
    expect(published).toMatchObject([{ region: 'us-east-1', topic: 'a/b/c', qos: 0, retain: true }]);
  });

  it.each([
    ['a reserved topic', '$aws/events/certificates/registered/x', 'ForbiddenException', 403],
    ['a wildcard', 'a/#', 'InvalidRequestException', 400],
    ['eight slashes', 'a/b/c/d/e/f/g/h/i', 'InvalidRequestException', 400],
    ['257 bytes', 'x'.repeat(257), 'InvalidRequestException', 400],
  ])('refuses %s', async (_why, topic, name, status) => {
    const refusal = await refusalOf(
      clients.data.send(new PublishCommand({ topic, payload: new Uint8Array() })),
    );
    expect(refusal).toMatchObject({ name, status });
    expect(published).toEqual([]);
  });
});
