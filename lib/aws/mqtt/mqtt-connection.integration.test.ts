/** The console's connection against a running sandbox, and against a broker that refuses and floods. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import type { Environment } from '@/lib/config/environments';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { type MqttConnection, openMqttConnection } from './mqtt-connection';
import type { MqttMessage, MqttState } from './mqtt-types';
import { type Script, startScriptedBroker } from './testing/scripted-broker';

let sandbox: Sandbox;
/** What was said on standard error. */
let said: string[];
beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  vi.stubEnv('AWS_SESSION_TOKEN', 'a-session-token');
  sandbox = await startSandbox();
});
beforeEach(() => {
  said = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
  return () => vi.restoreAllMocks();
});
afterAll(async () => {
  await sandbox.close();
  vi.unstubAllEnvs();
});

type Opened = AsyncDisposable & { connection: MqttConnection; states: MqttState[] };
function open(
  environment: Environment = sandboxEnvironment(sandbox),
  suffix = 'test',
  patience: { answerMsMax?: number } = {},
): Opened {
  const states: MqttState[] = [];
  const connection = openMqttConnection(environment, {
    clientIdSuffix: suffix,
    retryMsMin: 20,
    ...patience,
    onState: (state) => states.push(state),
  });
  return { connection, states, [Symbol.asyncDispose]: () => connection.close() };
}
async function openScripted(script: Script, patience: { answerMsMax?: number } = {}) {
  const broker = await startScriptedBroker(script);
  const base = sandboxEnvironment(sandbox);
  const opened = open({ ...base, endpoints: { ...base.endpoints, iotData: broker.api } }, 'test', patience);
  return {
    ...opened,
    broker,
    async [Symbol.asyncDispose]() {
      await opened.connection.close();
      await broker[Symbol.asyncDispose]();
    },
  };
}
const text = ({ payload }: MqttMessage) => new TextDecoder().decode(payload);
const hello = (topic: string, payload = 'Hello') => ({
  topic,
  payload: new TextEncoder().encode(payload),
  qos: 1 as const,
  retain: false,
});

describe('on the sandbox', () => {
  it('carries messages of both QoS with their properties, to who subscribed and as long as they do', async () => {
    await using one = open();
    await using other = open();
    const heard: MqttMessage[] = [];
    const subscription = await one.connection.subscribe('line/+', { qos: 1 }, (message) =>
      heard.push(message),
    );
    expect(subscription).toMatchObject({ ok: true, value: { qos: 1 } });
    await other.connection.subscribe('nothing', { qos: 0 }, () => {});
    const properties = {
      isUtf8: true,
      messageExpirySeconds: 60,
      contentType: 'text/plain',
      responseTopic: 'line/answers',
      correlationData: Uint8Array.of(1, 2),
      userProperties: [
        ['a', '1'],
        ['a', '2'],
        ['b', '3'],
      ] as const,
    };
    expect(await other.connection.publish({ ...hello('line/1'), properties })).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await other.connection.publish({ ...hello('line/2'), qos: 0 })).toEqual({
      ok: true,
      value: undefined,
    });
    await expect
      .poll(() => heard.map(({ topic, qos }) => [topic, qos]))
      .toEqual([
        ['line/1', 1],
        ['line/2', 0],
      ]);
    const [first] = heard;
    expect(first?.properties).toMatchObject({
      isUtf8: true,
      contentType: 'text/plain',
      responseTopic: 'line/answers',
      userProperties: [
        ['a', '1'],
        ['a', '2'],
        ['b', '3'],
      ],
    });
    expect([...(first?.properties.correlationData ?? [])]).toEqual([1, 2]);

    if (subscription.ok) subscription.value.close();
    await other.connection.publish(hello('line/3'));
    expect(heard).toHaveLength(2);
  });

  it('has a client id of its own each time, which says whose it is', async () => {
    await using one = open();
    await using other = open();
    for (const { connection } of [one, other]) await connection.subscribe('x', { qos: 0 }, () => {});
    const ids = sandbox.state.messageBus?.clients().map(({ clientId }) => clientId) ?? [];
    expect(ids.filter((id) => /^jitp-console-test-[0-9a-f]{16}$/.test(id))).toHaveLength(2);
    await one.connection.close();
    expect(one.connection.state()).toEqual({ kind: 'closed' });
    expect(await one.connection.publish(hello('x'))).toMatchObject({ failure: { kind: 'not-connected' } });
  });

  it('hears the events of devices as their topics have them', async () => {
    await using watcher = open();
    const topics: string[] = [];
    await watcher.connection.subscribe('$aws/events/presence/+/+', { qos: 1 }, ({ topic }) =>
      topics.push(topic),
    );
    await using other = open(undefined, 'comer');
    await other.connection.subscribe('x', { qos: 0 }, () => {});
    await expect
      .poll(() => topics)
      .toEqual([expect.stringMatching(/^\$aws\/events\/presence\/connected\/jitp-console-comer-/)]);
  });

  it('comes back when the broker does, with its subscriptions', async () => {
    const first = await startSandbox();
    // Its file goes with it, and plain HTTP needs none.
    const environment = { ...sandboxEnvironment(first), serverTrustFile: undefined };
    await using lasting = open(environment);
    const heard: string[] = [];
    await lasting.connection.subscribe('line/1', { qos: 1 }, (message) => heard.push(text(message)));
    await first.close();
    await expect.poll(() => lasting.connection.state().kind).toBe('waiting');
    expect(await lasting.connection.publish(hello('line/1'))).toMatchObject({
      failure: { kind: 'not-connected' },
    });
    // Some tries fail before it is there again.
    await expect
      .poll(() => lasting.states.filter(({ kind }) => kind === 'waiting').length)
      .toBeGreaterThan(2);
    await using _again = await startSandbox({ apiPort: first.apiPort });
    await expect.poll(() => lasting.connection.state().kind, { timeout: 10_000 }).toBe('connected');
    expect((await lasting.connection.publish(hello('line/1', 'again'))).ok).toBe(true);
    await expect.poll(() => heard).toEqual(['again']);
    expect(lasting.states).toContainEqual(
      expect.objectContaining({ kind: 'waiting', fault: { kind: 'lost', reason: 'ECONNREFUSED' } }),
    );
  });
});

describe('on a broker that says no', () => {
  it('tells the HTTP status of a refused upgrade, and tries on with a new signature', async () => {
    await using refused = await openScripted({ httpStatus: 403 });
    await expect.poll(() => refused.broker.asked.length).toBeGreaterThan(1);
    expect(refused.states).toContainEqual(
      expect.objectContaining({
        kind: 'waiting',
        fault: { kind: 'upgrade-refused', status: 403 },
        failures: 1,
      }),
    );
    refused.broker.script = {};
    await expect.poll(() => refused.connection.state().kind, { timeout: 5_000 }).toBe('connected');
    const [asked = ''] = refused.broker.asked;
    expect(asked).toMatch(
      /^\/mqtt\?X-Amz-Algorithm=AWS4-HMAC-SHA256&.*&X-Amz-Signature=[0-9a-f]{64}&X-Amz-Security-Token=a-session-token$/,
    );
    expect(said.join('')).not.toMatch(/X-Amz-Signature|a-session-token/);
  });

  it('tells the reason code of CONNACK', async () => {
    await using refused = await openScripted({ connack: 0x87 });
    await expect
      .poll(() => refused.states)
      .toContainEqual(expect.objectContaining({ fault: { kind: 'connect-refused', reasonCode: 0x87 } }));
  });

  it('tells the reason codes of SUBACK and PUBACK, and goes on', async () => {
    await using refused = await openScripted({
      suback: { 'not/yours': 0x87 },
      puback: { 'not/yours': 0x97 },
    });
    const { connection } = refused;
    expect(await connection.subscribe('not/yours', { qos: 1 }, () => {})).toEqual({
      ok: false,
      failure: { kind: 'refused', reasonCode: 0x87 },
    });
    expect((await connection.subscribe('yours', { qos: 1 }, () => {})).ok).toBe(true);
    expect(await connection.publish(hello('not/yours'))).toEqual({
      ok: false,
      failure: { kind: 'refused', reasonCode: 0x97 },
    });
    expect((await connection.publish(hello('yours'))).ok).toBe(true);
  });

  it('tells a listener that its filter is refused after a reconnection', async () => {
    await using refused = await openScripted({});
    const onRefused = vi.fn();
    await refused.connection.subscribe('was/yours', { qos: 1, onRefused }, () => {});
    refused.broker.script = { suback: { 'was/yours': 0x87 } };
    refused.broker.drop();
    await expect
      .poll(() => onRefused.mock.calls, { timeout: 5_000 })
      .toEqual([[{ kind: 'refused', reasonCode: 0x87 }]]);
  });

  it('takes a connection that does not answer for lost, instead of hearing nothing for ever', async () => {
    await using silent = await openScripted({}, { answerMsMax: 1_000 });
    const { connection, states } = silent;
    const heard: string[] = [];
    await connection.subscribe('yours', { qos: 1 }, (message) => heard.push(text(message)));
    silent.broker.script = { silentFilters: ['yours'] };
    silent.broker.drop();
    await expect
      .poll(() => states, { timeout: 5_000 })
      .toContainEqual(expect.objectContaining({ fault: { kind: 'lost', reason: 'SUBACK' } }));
    silent.broker.script = { flood: 1 };
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['0']);
  });

  it('holds no more than AWS lets it: 50 filters, 100 publishes without answer', async () => {
    await using silent = await openScripted({ puback: { silent: undefined } });
    const { connection } = silent;
    for (let count = 0; count < 50; count += 1) {
      expect((await connection.subscribe(`filter/${count}`, { qos: 0 }, () => {})).ok).toBe(true);
    }
    expect(await connection.subscribe('filter/50', { qos: 0 }, () => {})).toEqual({
      ok: false,
      failure: { kind: 'too-many', limit: 50 },
    });
    const pending = Array.from({ length: 100 }, () => connection.publish(hello('silent')));
    expect(await connection.publish(hello('silent'))).toEqual({
      ok: false,
      failure: { kind: 'too-many', limit: 100 },
    });
    await connection.close();
    expect(new Set((await Promise.all(pending)).map((result) => !result.ok && result.failure.kind))).toEqual(
      new Set(['not-connected']),
    );
  });
});

it('hands on ten thousand messages that come at once, in their order', async () => {
  await using flooded = await openScripted({ flood: 10_000 });
  const heard: string[] = [];
  await flooded.connection.subscribe('flood', { qos: 0 }, (message) => heard.push(text(message)));
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(10_000);
  expect(heard).toEqual(Array.from({ length: 10_000 }, (_, number) => String(number)));
});

it('says goodbye when the process is asked to end', async () => {
  const before = process.listenerCount('SIGTERM');
  const { connection } = open(undefined, 'ending');
  await connection.subscribe('x', { qos: 0 }, () => {});
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  process.emit('SIGTERM', 'SIGTERM');
  await expect.poll(() => connection.state().kind).toBe('closed');
  await expect
    .poll(() => sandbox.state.messageBus?.clients().filter(({ clientId }) => clientId.includes('ending')))
    .toEqual([]);
  expect(process.listenerCount('SIGTERM')).toBe(before);
  // Nobody else listens here, so the signal has to do what it does without listeners.
  if (before === 0) expect(kill).toHaveBeenCalledWith(process.pid, 'SIGTERM');
});
