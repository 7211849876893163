// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { IntlProvider } from 'use-intl';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { en } from '@/lib/i18n/en';
import { fail, ok } from '@/lib/result';
import { RunPanel } from './run-panel';
import { FakeBatchWorker, PLAN, SERVER } from './testing/fake-batch-worker';
import { type BatchStart, useBatchRun } from './use-batch-run';

const held = vi.hoisted((): { worker: { call: unknown } | undefined; saved: string[] } => ({
  worker: undefined,
  saved: [],
}));
vi.mock('@/lib/browser/pki-client', () => ({ pkiClient: () => held.worker }));
vi.mock('@/lib/browser/download', () => ({ download: (name: string) => held.saved.push(name) }));

const ENDED = { kind: 'conflict', reason: 'batch-ended' } as const;
let worker: FakeBatchWorker;
/** What the ledger says to a chunk, by its number. */
let refuse: (chunk: number) => ReturnType<typeof fail> | undefined;
/** Whether the server says that the batch is over. */
let isOver: boolean;
const actions = { begin: vi.fn(), confirm: vi.fn(), giveUp: vi.fn() };

beforeEach(() => {
  worker = new FakeBatchWorker();
  held.worker = worker;
  held.saved = [];
  refuse = () => undefined;
  isOver = true;
  let chunk = 0;
  actions.begin.mockReset().mockResolvedValue(ok(SERVER));
  actions.confirm.mockReset().mockResolvedValue(ok({ madeAnew: 0 }));
  vi.stubGlobal('fetch', async (url: string, { body }: { body: string }) => {
    if (url.endsWith('/ended')) return Response.json({ ended: isOver ? JSON.parse(body).batches : [] });
    chunk += 1;
    return Response.json(refuse(chunk) ?? ok(null));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Page({ target }: { target: BatchStart['target'] }) {
  const run = useBatchRun({
    ...{
      environment: 'lab',
      reserveUrl: 'http://console/reserve',
      endedUrl: 'http://console/ended',
      actions,
    },
  });
  const begin: BatchStart = {
    ...{ caHandle: 'key', target, passphrase: undefined, passphraseList: 'apart', readme: () => '' },
    what: { plan: PLAN },
  };
  return (
    <>
      <button type="button" onClick={() => void run.start(begin, 'a'.repeat(64))}>
        Start
      </button>
      <RunPanel environment="lab" run={run} onNext={run.reset} />
    </>
  );
}

const folder: unknown = { name: 'devices' };
const FOLDER: BatchStart['target'] = { kind: 'folder', handle: folder as FileSystemDirectoryHandle };

async function start(target: BatchStart['target'] = { kind: 'download' }) {
  render(
    <IntlProvider locale="en" messages={en} timeZone="UTC">
      <Page target={target} />
    </IntlProvider>,
  );
  await press('Start');
}
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const seen = (words: string | RegExp) => screen.findByText(words, {}, { timeout: 20_000 });

describe('a batch that somebody gives up while it runs', () => {
  it('ends, says what becomes of its files, and leaves no key in this browser', async () => {
    refuse = (chunk) => (chunk === 3 ? fail(ENDED) : undefined);
    await start(FOLDER);
    await seen(/was ended while this page worked on it/);
    await seen(/Somebody gave it up/);
    await seen(/Files that are in the chosen folder stay there/);
    await seen(/keeps nothing of it any longer/);
    expect([worker.isOpen, worker.kept]).toEqual([false, false]);
    expect(screen.queryByRole('button', { name: 'Ask again now' })).toBeNull();
    expect(screen.getByRole('link', { name: 'To the batch' }).getAttribute('href')).toBe(
      `/e/lab/devices/batches/${worker.batch}`,
    );
  });

  it('has no archive where it was to be downloaded', async () => {
    refuse = () => fail(ENDED);
    await start();
    await seen(/There is no archive/);
    expect(held.saved).toEqual([]);
  });

  it('is over as well where only its end is refused, and its archive is still to be had', async () => {
    actions.confirm.mockResolvedValue(fail(ENDED));
    await start();
    await seen('1,000 devices are issued');
    await press('I have the archive');
    await seen(/The output was written before and is whole/);
    expect(worker.kept).toBe(false);
    await press('Download again');
    expect(held.saved).toHaveLength(2);
  });

  it('is kept where the server does not say that it is over: it is somebody else’s then', async () => {
    isOver = false;
    refuse = () => fail(ENDED);
    await start();
    await seen('This batch is over, or belongs to somebody else.');
    expect([worker.isOpen, worker.kept]).toEqual([false, true]);
  });
});

it('a batch whose certificates the ledger never takes is stopped, kept, and not asked for again', async () => {
  const asked = vi.fn(() => fail({ kind: 'conflict', reason: 'profile-exceeded' } as const));
  refuse = asked;
  await start();
  await seen('This is not within the chosen profile.');
  await seen(/Give the batch up under “Unfinished batches”/);
  expect(asked).toHaveBeenCalledTimes(1);
  expect([worker.isOpen, worker.kept]).toEqual([false, true]);
});

it('a batch with devices that were made twice says so once it is delivered', async () => {
  actions.confirm.mockResolvedValue(ok({ madeAnew: 250 }));
  await start();
  await seen('1,000 devices are issued');
  await press('I have the archive');
  await seen('250 devices were made twice');
  expect(worker.kept).toBe(false);
});
