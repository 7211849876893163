// @vitest-environment happy-dom
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { IntlProvider } from 'use-intl';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BatchTarget } from '@/lib/browser/batch/batch.protocol';
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

let worker: FakeBatchWorker;
/** Devices that the ledger has been told of, and what it says to the next questions. */
let reserved: string[];
let answers: (Response | Promise<Response>)[];
const actions = { begin: vi.fn(), confirm: vi.fn(), giveUp: vi.fn() };

beforeEach(() => {
  worker = new FakeBatchWorker();
  held.worker = worker;
  held.saved = [];
  reserved = [];
  answers = [];
  actions.begin.mockReset().mockResolvedValue(ok(SERVER));
  actions.confirm.mockReset().mockResolvedValue(ok({ madeAnew: 0 }));
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    const answer = await (answers.shift() ?? Response.json(ok(null)));
    if (answer.ok) reserved.push(...JSON.parse(body).certificates);
    return answer;
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const CA_ID = 'a'.repeat(64);
const BEGIN: BatchStart = {
  caHandle: 'key',
  target: { kind: 'download' },
  passphrase: undefined,
  passphraseList: 'apart',
  readme: ({ host, port }) => `Read me: ${host}:${port}\n`,
  what: { plan: PLAN },
};

function Page({ target }: { target: BatchTarget }) {
  const run = useBatchRun({
    environment: 'lab',
    reserveUrl: 'http://console/reserve',
    endedUrl: 'http://console/ended',
    actions,
  });
  return (
    <>
      <button
        type="button"
        onClick={() =>
          void run.start(
            { ...BEGIN, target, what: worker.kept ? { batch: worker.batch } : BEGIN.what },
            CA_ID,
          )
        }
      >
        Start
      </button>
      {run.state.kind === 'idle' ? (
        <p>Nothing runs</p>
      ) : (
        <RunPanel environment="lab" run={run} onNext={run.reset} />
      )}
    </>
  );
}

const open = (target: BatchTarget = BEGIN.target) =>
  render(
    <IntlProvider locale="en" messages={en} timeZone="UTC">
      <Page target={target} />
    </IntlProvider>,
  );
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const seen = (words: string | RegExp) => screen.findByText(words, {}, { timeout: 20_000 });
const done = () => Number(screen.queryByRole('progressbar')?.getAttribute('aria-valuenow'));
/** Long enough for whatever would go on to do so. */
const settle = () => act(() => new Promise((resolve) => setTimeout(resolve, 50)));

describe('a batch that runs', () => {
  it('is begun once by a double click, and delivered when the person has the archive', async () => {
    open();
    await userEvent.dblClick(screen.getByRole('button', { name: 'Start' }));
    await seen('1,000 devices are issued');
    expect(actions.begin).toHaveBeenCalledTimes(1);
    expect(worker.readme).toBe('Read me: localhost:8883\n');
    expect(held.saved).toEqual([expect.stringMatching(/^devices-[0-9a-f]{8}\.zip$/)]);
    expect(actions.confirm).not.toHaveBeenCalled();
    await press('I have the archive');
    await seen('1,000 devices are issued and delivered');
    expect(worker.kept).toBe(false);
  });

  it('that was confirmed twice stays delivered when the second answer is lost', async () => {
    let lose = (_: Error) => {};
    const lost = new Promise<never>((_, reject) => {
      lose = reject;
    });
    actions.confirm.mockResolvedValueOnce(ok({ madeAnew: 0 })).mockReturnValueOnce(lost);
    open();
    await press('Start');
    await seen('1,000 devices are issued');
    const button = screen.getByRole('button', { name: 'I have the archive' });
    act(() => {
      button.click();
      button.click();
    });
    await seen('1,000 devices are issued and delivered');
    expect(actions.confirm).toHaveBeenCalledTimes(2);
    lose(new Error('offline'));
    await settle();
    expect(screen.getByText('1,000 devices are issued and delivered')).toBeTruthy();
  });

  it('writes nothing more while it is paused, says so instead of a rate, and goes on', async () => {
    worker.holdAfter = 250;
    open();
    await press('Start');
    await waitFor(() => expect(done()).toBeGreaterThanOrEqual(250), { timeout: 20_000 });
    await press('Pause');
    worker.letGo();
    await settle();
    const paused = done();
    expect(paused).toBeLessThan(1000);
    expect(screen.getByText(/devices · paused$/)).toBeTruthy();
    await settle();
    expect(done()).toBe(paused);
    await press('Go on');
    await seen('1,000 devices are issued');
    expect(reserved).toHaveLength(1000);
  });

  it('that is stopped lets go of the worker, and keeps what is finished for a resume', async () => {
    worker.holdAfter = 250;
    open();
    await press('Start');
    await waitFor(() => expect(done()).toBeGreaterThanOrEqual(250), { timeout: 20_000 });
    await press('Stop');
    worker.letGo();
    await seen('Nothing runs');
    expect(worker.isOpen).toBe(false);
    expect(actions.confirm).not.toHaveBeenCalled();
    const made = worker.made.size;
    await press('Start');
    await seen('1,000 devices are issued');
    expect(worker.made.size).toBe(1000);
    expect(worker.madeLater).toBe(1000 - made);
  });

  it('that is stopped while it is paused is stopped', async () => {
    worker.holdAfter = 250;
    open();
    await press('Start');
    await waitFor(() => expect(done()).toBeGreaterThanOrEqual(250), { timeout: 20_000 });
    await press('Pause');
    worker.letGo();
    await press('Stop');
    await seen('Nothing runs');
    expect(worker.isOpen).toBe(false);
  });

  it('asks the ledger again at the person’s word, without waiting for its time', async () => {
    answers = [Response.json(fail({ kind: 'busy', retryAfterMs: 30_000 }))];
    open();
    await press('Start');
    await seen(/asks again within 30 seconds/);
    expect(screen.getByText('0 of 1,000 devices')).toBeTruthy();
    await press('Ask again now');
    await seen('1,000 devices are issued');
    expect(new Set(reserved).size).toBe(1000);
  });

  it('closes its batch in the worker when the page is left, also before it was opened there', async () => {
    let begin = (_: unknown) => {};
    actions.begin.mockReturnValue(
      new Promise((resolve) => {
        begin = resolve;
      }),
    );
    const { unmount } = open();
    await press('Start');
    unmount();
    begin(ok(SERVER));
    await vi.waitFor(() => expect(worker.calls).toContain('openBatchOutput'));
    await vi.waitFor(() => expect(worker.isOpen).toBe(false));
    expect(reserved).toEqual([]);
  });
});

describe('passphrases that go apart', () => {
  beforeEach(() => {
    worker.passphrases = new Blob(['commonName,certificateId,passphrase\n']);
  });
  const isOff = (name: string) => screen.getByRole('button', { name }).hasAttribute('disabled');

  it('are given to the person before a downloaded batch can end', async () => {
    open();
    await press('Start');
    await seen('1,000 devices are issued');
    expect(isOff('I have the archive and the passphrases')).toBe(true);
    await press('I have the archive and the passphrases').catch(() => undefined);
    expect(actions.confirm).not.toHaveBeenCalled();
    expect(held.saved).toEqual([expect.stringMatching(/\.zip$/)]);
    await press('Download the passphrases');
    expect(held.saved.at(-1)).toMatch(/^devices-[0-9a-f]{8}-passphrases\.csv$/);
    await press('I have the archive and the passphrases');
    await seen(/open only with the list of passphrases that you downloaded/);
    expect(worker.kept).toBe(false);
  });

  it('keep a batch from ending by itself that was written to disk', async () => {
    const handle: unknown = { name: 'devices.zip' };
    open({ kind: 'file', handle: handle as FileSystemFileHandle });
    await press('Start');
    await seen('1,000 devices are issued');
    await settle();
    expect(actions.confirm).not.toHaveBeenCalled();
    expect([worker.kept, isOff('I have the passphrases')]).toEqual([true, true]);
    await press('Download the passphrases');
    expect(held.saved).toEqual([expect.stringMatching(/-passphrases\.csv$/)]);
    // The server that does not answer does not take the word back.
    actions.confirm.mockRejectedValueOnce(new Error('offline'));
    await press('I have the passphrases');
    await seen("The console's server does not answer.");
    await press('I have the passphrases');
    await seen('1,000 devices are issued and delivered');
  });

  it('are made again by a resume of what the tab lost before', async () => {
    const { unmount } = open();
    await press('Start');
    await seen('1,000 devices are issued');
    unmount();
    await vi.waitFor(() => expect(worker.isOpen).toBe(false));
    expect(worker.kept).toBe(true);
    open();
    await press('Start');
    await seen('1,000 devices are issued');
    expect(isOff('I have the archive and the passphrases')).toBe(true);
    await press('Download the passphrases');
    expect(isOff('I have the archive and the passphrases')).toBe(false);
  });

  it('are offered with an archive that is not whole, under a name that says so', async () => {
    worker.failing = [3];
    open();
    await press('Start');
    await seen('999 of 1,000 devices are issued; the batch is not whole');
    await press('Download the passphrases');
    expect(held.saved.at(-1)).toMatch(/-incomplete-passphrases\.csv$/);
  });
});

it('passphrases in the output ask for nothing more, and the last word warns of them', async () => {
  worker.passphrases = 'inside';
  open();
  await press('Start');
  await seen('1,000 devices are issued');
  expect(screen.queryByRole('button', { name: 'Download the passphrases' })).toBeNull();
  await press('I have the archive');
  await seen(/passphrases\.csv lies in the output and opens every encrypted key/);
});

it('keys are not said to be kept nowhere else where this browser could not delete its copy', async () => {
  worker.isForgetRefused = true;
  open();
  await press('Start');
  await seen('1,000 devices are issued');
  await press('I have the archive');
  await seen(/could not be deleted/);
  expect(screen.queryByText(/nowhere else/)).toBeNull();
});

describe('devices that fail', () => {
  it('are counted and named; what is made is given out as not whole, and a resume makes just the others', async () => {
    worker.failing = [3, 400, 999];
    worker.holdAfter = 500;
    open();
    await press('Start');
    await seen(/^\d+ of 1,000 devices · 2 failed/);
    worker.letGo();

    await seen('997 of 1,000 devices are issued; the batch is not whole');
    expect(screen.getByText('3 devices could not be issued')).toBeTruthy();
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(
      [3, 400, 999].map((index) => `pump-${index}OperationError`),
    );
    expect(held.saved).toEqual([expect.stringMatching(/-incomplete\.zip$/)]);
    expect(worker.note).toMatch(
      /THIS BATCH IS NOT WHOLE\. 3 devices are missing.*\n- pump-3 \(OperationError\)/,
    );
    expect(reserved).toHaveLength(997);
    expect(actions.confirm).not.toHaveBeenCalled();
    expect([worker.isOpen, worker.kept]).toEqual([false, true]);
    await press('Download again');
    expect(held.saved).toHaveLength(2);

    worker.failing = [];
    await press('Start');
    await seen('1,000 devices are issued');
    expect(worker.madeLater).toBe(3);
    expect(new Set(reserved).size).toBe(1000);
    expect(worker.note).toBeUndefined();
    expect(held.saved.at(-1)).not.toMatch(/incomplete/);
    await press('I have the archive');
    await seen('1,000 devices are issued and delivered');
  });

  it('one after the other stop the batch with their cause', async () => {
    worker.failing = Array.from({ length: 900 }, (_, index) => index + 100);
    worker.stopsAfterFailures = 24;
    open();
    await press('Start');
    await seen(/Device after device cannot be issued.*OperationError/);
    expect(screen.getByText(/devices could not be issued/)).toBeTruthy();
    expect(screen.getByText(/kept in this browser: resume the batch/)).toBeTruthy();
    expect([worker.isOpen, worker.kept, held.saved.length]).toEqual([false, true, 0]);
  });

  it('when their files are made stop the batch with a name', async () => {
    worker.refuseFilesOf = 'pump-300';
    open();
    await press('Start');
    await seen(/The files of pump-300 cannot be made \(OperationError\)/);
    expect([worker.isOpen, worker.kept]).toEqual([false, true]);
  });

  it('are not asked about one by one where the worker itself is gone', async () => {
    worker.isGone = true;
    open();
    await press('Start');
    await seen(/worker/i);
    expect(screen.queryByText(/could not be issued/)).toBeNull();
  });
});
