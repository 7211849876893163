/** Clients of open pages against a running sandbox: what a page hears, over its reloads too. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openMqttConnection } from '@/lib/aws/mqtt/mqtt-connection';
import type { MqttState } from '@/lib/aws/mqtt/mqtt-types';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { TabClient, type TabListener } from './tab-client';
import { findTabClient, openTabClient, TAB_CLIENTS_MAX, TAB_CLIENTS_PER_OPERATOR_MAX } from './tab-clients';

let sandbox: Sandbox;
beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  sandbox = await startSandbox();
});
afterAll(async () => {
  await sandbox.close();
  vi.unstubAllEnvs();
});

const keyOf = (tab: string, operatorId = 'ada') => ({
  environment: sandboxEnvironment(sandbox),
  operatorId,
  tab,
});

function opened(tab: string): TabClient & AsyncDisposable {
  const client = openTabClient(keyOf(tab));
  if (client === undefined) throw new Error('there is no room for a client');
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() });
}

function listen(isReady: () => boolean = () => true) {
  const heard = { states: [] as string[], filters: [] as string[][], texts: [] as string[], dropped: 0 };
  const listener: TabListener = {
    state: ({ kind }: MqttState) => heard.states.push(kind),
    subscriptions: (held) => heard.filters.push(held.map(({ filter }) => filter)),
    refused: () => {},
    isReady,
    messages(messages, dropped) {
      heard.texts.push(...messages.map(({ payload }) => new TextDecoder().decode(payload)));
      heard.dropped += dropped;
    },
  };
  return { heard, listener };
}

const message = (topic: string, text: string) => ({
  topic,
  payload: new TextEncoder().encode(text),
  qos: 1 as const,
  retain: false,
});

it('a page hears what it subscribed to, each copy once, and nothing more when it has ended it', async () => {
  await using client = opened('one');
  const { heard, listener } = listen();
  client.attach(listener);
  expect(await client.subscribe('tab/+', 1)).toEqual({ ok: true, value: undefined });
  expect(await client.subscribe('tab/+', 1)).toEqual({ ok: true, value: undefined });
  expect(heard.filters.at(-1)).toEqual(['tab/+']);
  await client.publish(message('tab/a', 'first'));
  await vi.waitFor(() => expect(heard.texts).toEqual(['first']));
  client.unsubscribe('tab/+');
  expect(heard.filters.at(-1)).toEqual([]);
  await client.subscribe('other', 0);
  await client.publish(message('tab/a', 'second'));
  await client.publish(message('other', 'third'));
  await vi.waitFor(() => expect(heard.texts).toEqual(['first', 'third']));
});

it('what comes while the page reloads is there when it is back', async () => {
  await using client = opened('two');
  const before = listen();
  const detach = client.attach(before.listener);
  await client.subscribe('reload', 1);
  detach();
  const other = openMqttConnection(sandboxEnvironment(sandbox), { clientIdSuffix: 'test' });
  await other.subscribe('nothing', { qos: 0 }, () => {});
  await other.publish(message('reload', 'meanwhile'));
  const after = listen();
  expect(findTabClient(keyOf('two'))).toBe(client);
  client.attach(after.listener);
  expect(after.heard).toMatchObject({ states: ['connected'], filters: [['reload']] });
  await vi.waitFor(() => expect(after.heard.texts).toEqual(['meanwhile']));
  expect(before.heard.texts).toEqual([]);
  await other.close();
});

it('who reads too slowly gets what fits and the number of the rest', async () => {
  const client = new TabClient(keyOf('slow'), () => {}, { messagesMax: 20, bytesMax: 1000 });
  let isReady = false;
  const { heard, listener } = listen(() => isReady);
  client.attach(listener);
  await client.subscribe('flood', 1);
  const sent = 30;
  await Promise.all(
    Array.from({ length: sent }, (_, index) => client.publish(message('flood', String(index)))),
  );
  isReady = true;
  await vi.waitFor(() => expect(heard.texts.length + heard.dropped).toBe(sent));
  expect(heard.texts).toHaveLength(20);
  expect(heard.texts.slice(0, 3)).toEqual(['0', '1', '2']);
  await client.close();
});

it('a page is its operator’s alone, and there is room for some of them', async () => {
  await using client = opened('four');
  expect(findTabClient(keyOf('four'))).toBe(client);
  expect(findTabClient(keyOf('four', 'eve'))).toBeUndefined();
  const others: TabClient[] = [];
  for (let number = 1; number < TAB_CLIENTS_MAX; number += 1) {
    const made = openTabClient(keyOf(`more-${number}`, `operator-${number % 6}`));
    if (made !== undefined) others.push(made);
  }
  expect(others).toHaveLength(TAB_CLIENTS_MAX - 1);
  expect(openTabClient(keyOf('one too many', 'zoe'))).toBeUndefined();
  expect(openTabClient(keyOf('four'))).toBe(client);
  await Promise.all(others.map((other) => other.close()));
  const again = openTabClient(keyOf('one too many', 'zoe'));
  expect(again).toBeDefined();
  await again?.close();

  const own: TabClient[] = [];
  for (let number = 1; number < TAB_CLIENTS_PER_OPERATOR_MAX; number += 1) {
    const made = openTabClient(keyOf(`own-${number}`));
    if (made !== undefined) own.push(made);
  }
  expect(own).toHaveLength(TAB_CLIENTS_PER_OPERATOR_MAX - 1);
  expect(openTabClient(keyOf('one more'))).toBeUndefined();
  await Promise.all(own.map((one) => one.close()));
}, 40_000);
