import { describe, expect, it } from 'vitest';
import type { Failure } from '@/lib/failure';
import { fail, ok } from '@/lib/result';
import { countsOf } from './act-run';
import { ActRunStore, type SendAct } from './act-run-store';

const THROTTLED: Failure = {
  kind: 'aws',
  service: 'IoT',
  operation: 'DeleteCertificate',
  name: 'ThrottlingException',
  message: 'Rate exceeded',
  status: 400,
  requestId: 'r',
};

const subjects = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `id-${index}` }));

/** A server whose answers a test decides, and a tab that keeps what it is told to. */
function bench(answer: (id: string, round: number) => Failure | 'unchanged' | undefined = () => undefined) {
  const sent: string[][] = [];
  const slept: number[] = [];
  const kept: { text: string | undefined } = { text: undefined };
  const rounds = new Map<string, number>();
  const before: { send: (batch: readonly string[]) => void | Promise<void> } = { send: () => undefined };
  const send: SendAct = async (_, ids) => {
    sent.push([...ids]);
    await before.send(ids);
    return ok(
      ids.map((resource) => {
        const round = (rounds.get(resource) ?? 0) + 1;
        rounds.set(resource, round);
        const told = answer(resource, round);
        const step = { kind: 'delete-certificate', certificateId: resource } as const;
        if (told === 'unchanged') return { resource, detail: [], failure: undefined };
        return {
          resource,
          detail: [{ step, state: told === undefined ? ('done' as const) : ('failed' as const) }],
          failure: told,
        };
      }),
    );
  };
  const store = new ActRunStore({
    send,
    keep: {
      read: () => kept.text,
      write: (text) => {
        kept.text = text;
      },
    },
    nowMs: () => sent.length * 1000,
    sleep: async (ms) => {
      slept.push(ms);
    },
  });
  return { store, sent, slept, kept, before };
}

const until = (store: ActRunStore, phase: string) =>
  new Promise<void>((resolve) => {
    const check = () => store.snapshot()?.phase === phase && resolve();
    store.subscribe(check);
    check();
  });

describe('a run of acts', () => {
  it('sends everything in bounded batches, each device once', async () => {
    const { store, sent } = bench();
    store.start('delete-certificate', [...subjects(12), { id: 'id-0' }]);
    await until(store, 'finished');
    expect(sent.map((batch) => batch.length)).toEqual([5, 5, 2]);
    expect(countsOf(store.snapshot() ?? never())).toMatchObject({ done: 12, total: 12 });
  });

  it('takes a second start, as by a double click, for none', async () => {
    const { store, sent } = bench();
    store.start('delete-certificate', subjects(5));
    store.start('delete-certificate', subjects(5));
    await until(store, 'finished');
    expect(sent).toHaveLength(1);
  });

  it('goes on past what fails, and sends again only that', async () => {
    const { store, sent } = bench((id, round) => (id === 'id-3' && round === 1 ? THROTTLED : undefined));
    store.start('delete-certificate', subjects(10));
    await until(store, 'finished');
    expect(countsOf(store.snapshot() ?? never())).toMatchObject({ done: 9, failed: 1 });
    store.retryFailed();
    await until(store, 'finished');
    expect(sent.at(-1)).toEqual(['id-3']);
    expect(countsOf(store.snapshot() ?? never())).toMatchObject({ done: 10, failed: 0 });
  });

  it('tells what was so already from what was done', async () => {
    const { store } = bench((id) => (id === 'id-1' ? 'unchanged' : undefined));
    store.start('activate', subjects(2));
    await until(store, 'finished');
    expect(countsOf(store.snapshot() ?? never())).toMatchObject({ done: 1, unchanged: 1 });
  });

  it('waits as long as the bucket asks, and gives a device up after five times', async () => {
    const busy: Failure = { kind: 'busy', retryAfterMs: 1200 };
    const { store, sent, slept } = bench((id) => (id === 'id-0' ? busy : undefined));
    store.start('delete-certificate', subjects(2));
    await until(store, 'finished');
    expect(sent).toHaveLength(5);
    expect(slept).toEqual([1200, 1200, 1200, 1200]);
    expect(countsOf(store.snapshot() ?? never())).toMatchObject({ done: 1, failed: 1 });
  });

  it('pauses after the batch that is on its way, goes on from there, and can be cancelled', async () => {
    const { store, sent, before } = bench();
    before.send = () => store.pause();
    store.start('delete-certificate', subjects(12));
    await until(store, 'paused');
    expect(sent).toHaveLength(1);
    store.resume();
    await until(store, 'paused');
    expect(sent.map(([first]) => first)).toEqual(['id-0', 'id-5']);
    store.cancel();
    expect(store.snapshot()?.phase).toBe('cancelled');
    expect(countsOf(store.snapshot() ?? never())).toMatchObject({ done: 10, waiting: 2 });
  });

  it('stops where no answer comes, with the rest still waiting', async () => {
    const { store, before } = bench();
    before.send = () => {
      throw new TypeError('Failed to fetch');
    };
    store.start('revoke', subjects(3));
    await until(store, 'stopped');
    expect(countsOf(store.snapshot() ?? never())).toMatchObject({ waiting: 3 });
  });

  it('stops where the session has ended, and says so', async () => {
    const store = new ActRunStore({
      send: async () => fail({ kind: 'signed-out' }),
      keep: { read: () => undefined, write: () => undefined },
      nowMs: () => 0,
      sleep: async () => undefined,
    });
    store.start('revoke', subjects(3));
    await until(store, 'stopped');
    expect(store.snapshot()?.failure).toEqual({ kind: 'signed-out' });
  });

  it('is found again after a reload in the middle, and does nothing twice', async () => {
    const first = bench();
    first.before.send = () => first.store.pause();
    first.store.start('delete-certificate', subjects(8));
    await until(first.store, 'paused');
    const second = bench();
    second.kept.text = first.kept.text;
    second.store.restore();
    expect(second.store.snapshot()?.phase).toBe('interrupted');
    second.store.resume();
    await until(second.store, 'finished');
    expect(second.sent).toEqual([['id-5', 'id-6', 'id-7']]);
    expect(second.kept.text).toBeUndefined();
  });

  it.each([
    '',
    'null',
    '{}',
    '{"act":"explode","items":[["a","","waiting"]]}',
    '{"act":"revoke","items":[["a","","done"]]}',
  ])('takes a kept text that is no unfinished run for none: %s', (text) => {
    const { store, kept } = bench();
    kept.text = text;
    store.restore();
    expect(store.snapshot()).toBeUndefined();
  });
});

function never(): never {
  throw new Error('there is no run');
}
