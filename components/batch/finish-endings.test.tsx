// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InConsole } from '@/components/ui/testing/in-console';
import { fail, ok } from '@/lib/result';
import { FinishEndings } from './finish-endings';
import { rememberedConfirm } from './remembered-confirm';
import { noteEnding, toldEndings } from './told-endings';

type Held = { forgotten: string[]; stuck: string; refreshed: number; isBusy: boolean };
const held = vi.hoisted((): Held => ({ forgotten: [], stuck: '', refreshed: 0, isBusy: false }));
const router = {
  refresh() {
    held.refreshed += 1;
  },
};
vi.mock('./batch-run-provider', () => ({ useHeldRun: () => ({ isBusy: held.isBusy }) }));
vi.mock('next/navigation', async (original) => ({ ...(await original<object>()), useRouter: () => router }));
vi.mock('@/components/ui/console-answers', () => ({ consoleAnswers: async () => true }));
vi.mock('@/lib/browser/pki-client', () => ({
  pkiClient: () => ({
    async call(operation: string, { batch }: { batch: string }) {
      if (operation !== 'forgetBatch') throw new Error(`unexpected: ${operation}`);
      if (batch === held.stuck) throw new Error('open in another tab');
      held.forgotten.push(batch);
      return { ok: true, value: null };
    },
  }),
}));

const MINE = '11111111-1111-4111-8111-111111111111';
const NOTED = '22222222-2222-4222-8222-222222222222';
const DIGEST = 'd'.repeat(64);
const actions = { confirm: vi.fn(), finish: vi.fn() };

beforeEach(() => {
  Object.assign(held, { forgotten: [], stuck: '', refreshed: 0, isBusy: false });
  window.localStorage.clear();
  actions.confirm.mockReset().mockResolvedValue(ok({ madeAnew: 0 }));
  actions.finish.mockReset().mockResolvedValue(ok(undefined));
});
afterEach(cleanup);

/** The word was said, and the tab or the answer lost. */
async function lose(batch: string, environment = 'lab') {
  const lost = rememberedConfirm(() => Promise.reject(new Error('offline')));
  await expect(lost({ environment, batch, manifestSha256: DIGEST })).rejects.toThrow('offline');
}

const page = (own: string[], noted: string[] = []) => (
  <InConsole>
    <FinishEndings environment="lab" own={own} noted={noted} actions={actions} />
  </InConsole>
);
const open = (own: string[], noted: string[] = []) => render(page(own, noted));

const done = () => screen.findByText(/interrupted (is|are) finished/);

describe('the word on a delivery', () => {
  it('that was lost is said by the page that comes next; only then is the copy here forgotten', async () => {
    await lose(MINE);
    open([MINE]);
    await done();
    expect(actions.confirm).toHaveBeenCalledExactlyOnceWith({
      environment: 'lab',
      batch: MINE,
      manifestSha256: DIGEST,
    });
    expect(held).toMatchObject({ forgotten: [MINE], refreshed: 1 });
    expect(toldEndings(window.localStorage)).toEqual([]);
  });

  it('tells of devices that were made twice', async () => {
    await lose(MINE);
    actions.confirm.mockResolvedValueOnce(ok({ madeAnew: 2 }));
    open([MINE]);
    await done();
    expect(screen.getByText('2 devices were made twice')).toBeTruthy();
  });

  it('that arrived is not kept', async () => {
    await rememberedConfirm(async () => ok({ madeAnew: 0 }))({
      environment: 'lab',
      batch: MINE,
      manifestSha256: DIGEST,
    });
    expect(toldEndings(window.localStorage)).toEqual([]);
  });

  it.each([
    ['of a batch that is over, or somebody else’s', 'lab', []],
    ['of another environment', 'other', [MINE]],
  ])('%s is not said, and nothing is forgotten', async (_, environment, own) => {
    await lose(MINE, environment);
    open(own, [NOTED]);
    await done();
    expect(actions.confirm).not.toHaveBeenCalled();
    expect(held.forgotten).toEqual([NOTED]);
  });

  it.each([
    ['refuses', () => Promise.resolve(fail({ kind: 'conflict', reason: 'batch-incomplete' }))],
    ['does not answer', () => Promise.reject(new Error('offline'))],
  ])('stays, with its keys, where the server %s, and can be said again', async (_, answer) => {
    await lose(MINE);
    actions.confirm.mockImplementationOnce(answer);
    open([MINE]);
    expect(await screen.findByText(/Batch 11111111|batch 11111111/i)).toBeTruthy();
    expect(held.forgotten).toEqual([]);
    expect(toldEndings(window.localStorage)).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await done();
    expect(held.forgotten).toEqual([MINE]);
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });
});

describe('an end that the server noted and did not finish', () => {
  it('is finished, whoever the batch belongs to', async () => {
    open([], [NOTED]);
    await done();
    expect(actions.finish).toHaveBeenCalledExactlyOnceWith({ environment: 'lab', batch: NOTED });
    expect(held.forgotten).toEqual([NOTED]);
  });

  it('is the server’s: what this browser was about to say does not count any more', async () => {
    await lose(NOTED);
    open([NOTED], [NOTED]);
    await done();
    expect(actions.confirm).not.toHaveBeenCalled();
    expect(actions.finish).toHaveBeenCalledOnce();
  });

  it('is said to be finished, and that a copy is left where this browser cannot let go of it', async () => {
    held.stuck = NOTED;
    open([], [NOTED]);
    await done();
    expect(screen.getByText(/could not be deleted/)).toBeTruthy();
  });
});

describe('an archive that was handed to the browser', () => {
  const handOut = () =>
    noteEnding(window.localStorage, {
      environment: 'lab',
      batch: MINE,
      manifestSha256: DIGEST,
      isSaid: false,
    });
  const haveIt = () => screen.findByRole('button', { name: 'I have the archive' });

  it('is asked for: nothing is said or forgotten before the person has it', async () => {
    handOut();
    open([MINE]);
    await haveIt();
    expect(screen.getByText(/devices-11111111\.zip/)).toBeTruthy();
    expect(actions.confirm).not.toHaveBeenCalled();
    expect(held.forgotten).toEqual([]);
    await userEvent.click(await haveIt());
    await done();
    expect(actions.confirm).toHaveBeenCalledOnce();
    expect(held.forgotten).toEqual([MINE]);
    expect(screen.queryByRole('button', { name: 'I have the archive' })).toBeNull();
  });

  it('is not asked for once its batch is over', async () => {
    handOut();
    const { container } = open([]);
    await waitFor(() => expect(container.textContent).toBe(''));
  });

  it('is not asked for while a batch runs, which may be its own', async () => {
    handOut();
    held.isBusy = true;
    const { container, rerender } = open([MINE]);
    await waitFor(() => expect(container.textContent).toBe(''));
    held.isBusy = false;
    rerender(page([MINE]));
    expect(await haveIt()).toBeTruthy();
  });
});

it('nothing is shown, said or forgotten where nothing was interrupted', async () => {
  const { container } = open([MINE]);
  await waitFor(() => expect(container.textContent).toBe(''));
  expect(held).toMatchObject({ forgotten: [], refreshed: 0 });
});

it.each(['{', '[{"batch":"x"}]', 'null'])(
  'what stands in the storage and is no word (%s) is nothing',
  (text) => {
    window.localStorage.setItem('jitp-console/told-endings', text);
    expect(toldEndings(window.localStorage)).toEqual([]);
  },
);
