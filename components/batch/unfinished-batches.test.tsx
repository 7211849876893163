// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Route } from 'next';
import { IntlProvider } from 'use-intl';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Failure } from '@/lib/failure';
import { en } from '@/lib/i18n/en';
import { fail, ok, type Result } from '@/lib/result';
import type { OpenBatchFacts, OpenBatchList } from './open-batch-facts';
import { UnfinishedBatches } from './unfinished-batches';
import type { BatchStart } from './use-batch-run';

const browser = vi.hoisted(() => ({
  kept: [] as string[],
  forgotten: [] as string[],
  stuck: '',
}));
vi.mock('@/lib/browser/pki-client', () => ({
  pkiClient: () => ({
    async call(operation: string, input: { batch: string } | null) {
      if (operation === 'keptBatches') return { ok: true, value: browser.kept };
      if (operation !== 'forgetBatch' || input === null) throw new Error(`unexpected: ${operation}`);
      if (input.batch === browser.stuck) throw new Error('open in another tab');
      browser.forgotten.push(input.batch);
      return { ok: true, value: null };
    },
  }),
}));

beforeEach(() => Object.assign(browser, { kept: [], forgotten: [], stuck: '' }));
afterEach(cleanup);

const facts = (batch: string, differing: Partial<OpenBatchFacts> = {}): OpenBatchFacts => ({
  batch,
  caId: 'a'.repeat(64),
  devices: 40,
  reserved: 10,
  operatorName: 'Ada',
  isOwn: true,
  passphraseRule: 'none',
  keyOrigin: 'console',
  hasPkcs12: false,
  createdAt: '2026-11-22T10:00:00.000Z',
  ...differing,
});

type Shown = {
  list?: Partial<OpenBatchList>;
  isLocked?: boolean;
  giveUp?: () => Promise<Result<undefined, Failure>>;
};

function show(
  batches: OpenBatchFacts[],
  { list, isLocked = false, giveUp = async () => ok(undefined) }: Shown = {},
) {
  const resumed: BatchStart[] = [];
  const page = { batches, count: batches.length, olderHref: undefined, newestHref: undefined, ...list };
  render(
    <IntlProvider locale="en" messages={en} timeZone="UTC">
      <UnfinishedBatches
        environment="lab"
        list={page}
        caHandle={isLocked ? undefined : 'key'}
        giveUp={giveUp}
        onResume={(request) => resumed.push(request)}
      />
    </IntlProvider>,
  );
  return resumed;
}

const resume = () => screen.findByRole('button', { name: 'Resume' });
async function giveUpFirst() {
  const [button] = screen.getAllByRole('button', { name: 'Give up' });
  if (button === undefined) throw new Error('nothing to give up');
  await userEvent.click(button);
  const dialog = await screen.findByRole('alertdialog');
  const words = dialog.textContent;
  const confirm = screen.getAllByRole('button', { name: 'Give up' }).at(-1);
  if (confirm !== undefined) await userEvent.click(confirm);
  return words;
}

describe('a batch that is not finished', () => {
  it('is gone on with by whoever began it, in the browser that keeps it', async () => {
    browser.kept = ['kept-here'];
    const resumed = show([facts('kept-here')]);
    await userEvent.click(await resume());
    expect(resumed).toMatchObject([{ caHandle: 'key', what: { batch: 'kept-here' } }]);
  });

  it.each([
    ['begun in another browser', facts('elsewhere'), /Begun in another browser/],
    [
      'begun by somebody else, also where this browser keeps it',
      facts('kept-here', { isOwn: false }),
      /Only who began it/,
    ],
  ])('%s cannot be resumed, and the page says why', async (_, batch, words) => {
    browser.kept = ['kept-here'];
    show([batch]);
    expect(await screen.findByText(words)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull();
  });

  it('waits for the CA’s key', async () => {
    browser.kept = ['kept-here'];
    const resumed = show([facts('kept-here')], { isLocked: true });
    await userEvent.click(await resume());
    expect(resumed).toEqual([]);
    expect(screen.getByText(/Unlock the CA's key first/)).toBeTruthy();
  });

  it('with every device on record says that only the output is in doubt', async () => {
    show([facts('whole', { reserved: 40 }), facts('partial')]);
    expect(await screen.findAllByText(/All its devices are on record/)).toHaveLength(1);
  });

  it('is asked for its common passphrase before it is resumed', async () => {
    browser.kept = ['kept-here'];
    const resumed = show([facts('kept-here', { passphraseRule: 'common' })]);
    await userEvent.click(await resume());
    expect(resumed).toEqual([]);
    await userEvent.type(screen.getByLabelText('Passphrase of all devices'), 'twelve letters');
    await userEvent.type(screen.getByLabelText('The passphrase of all devices again'), 'twelve letters');
    await userEvent.click(await resume());
    expect(resumed).toMatchObject([{ passphrase: 'twelve letters' }]);
  });
});

describe('giving a batch up', () => {
  it('asks first, tells the server, and leaves no key in this browser', async () => {
    browser.kept = ['kept-here'];
    const giveUp = vi.fn(async () => ok(undefined));
    show([facts('kept-here'), facts('other')], { giveUp });
    await resume();
    expect(await giveUpFirst()).toMatch(/keys that this browser keeps of it are deleted/);
    await waitFor(() => expect(browser.forgotten).toEqual(['kept-here']));
    expect(giveUp).toHaveBeenCalledWith({ environment: 'lab', batch: 'kept-here' });
    await waitFor(() => expect(screen.queryByText('kept-her')).toBeNull());
    expect(screen.getByText('other')).toBeTruthy();
  });

  it.each<[string, () => Promise<Result<undefined, Failure>>]>([
    ['refuses', async () => fail({ kind: 'conflict', reason: 'batch-ended' })],
    ['does not answer', () => Promise.reject(new Error('offline'))],
  ])('keeps everything where the server %s', async (_, giveUp) => {
    browser.kept = ['kept-here'];
    show([facts('kept-here')], { giveUp });
    await resume();
    await giveUpFirst();
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(browser.forgotten).toEqual([]);
    expect(screen.getByText('kept-her')).toBeTruthy();
  });

  it('says so where this browser cannot let go of its copy', async () => {
    Object.assign(browser, { kept: ['kept-here'], stuck: 'kept-here' });
    show([facts('kept-here')]);
    await resume();
    await giveUpFirst();
    expect(await screen.findByText(/could not be deleted/)).toBeTruthy();
  });
});

describe('the list', () => {
  it('is not there without batches, and leads on where there are more than a page', () => {
    show([]);
    expect(screen.queryByText('Unfinished batches')).toBeNull();
    cleanup();
    show([facts('first')], { list: { count: 21, olderHref: '/older' as Route } });
    expect(screen.getByText('(21)')).toBeTruthy();
    expect(screen.getByRole('link', { name: /Next page/ }).getAttribute('href')).toBe('/older');
  });

  it('keeps its pages when the last batch of one was given up', async () => {
    show([facts('last')], { list: { count: 21, newestHref: '/newest' as Route } });
    await giveUpFirst();
    await waitFor(() => expect(screen.queryByText('last')).toBeNull());
    expect(screen.getByRole('link', { name: /First page/ })).toBeTruthy();
  });
});
