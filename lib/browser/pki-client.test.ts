import { expect, test } from 'vitest';
import { createPkiClient, type WorkerLike } from './pki-client';

/** A worker of one line: what it is told goes to `onRequest`, what that calls back comes out as a message. */
class FakeWorker extends EventTarget implements WorkerLike {
  readonly requests: { id: number; operation: string }[] = [];
  isTerminated = false;
  postMessage(request: { id: number; operation: string }): void {
    this.requests.push(request);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  answer(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

function startClient() {
  const workers: FakeWorker[] = [];
  const client = createPkiClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  return { client, workers };
}

test('no worker is started before the first call, and one serves all calls', async () => {
  const { client, workers } = startClient();
  expect(workers).toHaveLength(0);
  const calls = Promise.all([client.call('lock', null), client.call('discard', { handle: 'x' })]);
  const [worker] = workers;
  for (const { id, operation } of [...(worker?.requests ?? [])].reverse()) {
    worker?.answer({ id, operation, answer: { ok: true, value: null } });
  }
  expect(await calls).toEqual([
    { ok: true, value: null },
    { ok: true, value: null },
  ]);
  expect(workers).toHaveLength(1);
});

test('a crash rejects its own call only', async () => {
  const { client, workers } = startClient();
  const first = client.call('lock', null);
  const second = client.call('lock', null);
  workers[0]?.answer({ id: 1, crash: 'TypeError: bug' });
  workers[0]?.answer({ id: 2, operation: 'lock', answer: { ok: true, value: null } });
  await expect(first).rejects.toThrow('TypeError: bug');
  expect(await second).toEqual({ ok: true, value: null });
});

test('a worker that fails rejects what waits, and the next call starts a new one', async () => {
  const { client, workers } = startClient();
  const waiting = client.call('lock', null);
  workers[0]?.dispatchEvent(Object.assign(new Event('error'), { message: 'cannot load' }));
  await expect(waiting).rejects.toThrow('cannot load');
  const next = client.call('lock', null);
  workers[1]?.answer({ id: 2, operation: 'lock', answer: { ok: true, value: null } });
  expect(await next).toEqual({ ok: true, value: null });
  expect(workers[0]?.isTerminated).toBe(true);
});

test('what has no worker is forgotten and ended without starting one', () => {
  const { client, workers } = startClient();
  client.forget('x');
  client.terminate();
  expect(workers).toHaveLength(0);
});

test('a worker that cannot be started rejects the call', async () => {
  const client = createPkiClient(() => {
    throw new Error('blocked');
  });
  await expect(client.call('lock', null)).rejects.toThrow('blocked');
});

test('who holds handles is told when they name nothing any more, and forgetting then rejects nothing', async () => {
  const { client, workers } = startClient();
  let endings = 0;
  const stopListening = client.onEnded(() => {
    endings += 1;
  });
  const waiting = client.call('lock', null);
  client.forget('x');
  expect(workers[0]?.requests.map(({ operation }) => operation)).toEqual(['lock', 'discard']);
  client.terminate();
  await expect(waiting).rejects.toThrow('ended');
  stopListening();
  const next = client.call('lock', null);
  client.terminate();
  await expect(next).rejects.toThrow('ended');
  expect(endings).toBe(1);
});
