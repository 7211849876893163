// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Route } from 'next';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { InConsole } from '@/components/ui/testing/in-console';
import type { Failure } from '@/lib/failure';
import type { IssuingCa } from '@/lib/registry/issuing-ca';
import { fail, ok, type Result } from '@/lib/result';
import { BatchRunProvider, RunElsewhere } from './batch-run-provider';
import { IssueBatch } from './issue-batch';
import { FakeBatchWorker, SERVER } from './testing/fake-batch-worker';

const held = vi.hoisted((): { worker: { call: unknown } | undefined } => ({ worker: undefined }));
const router = vi.hoisted(() => ({ refresh: vi.fn() }));
vi.mock('next/navigation', async (original) => ({ ...(await original<object>()), useRouter: () => router }));
vi.mock('@/components/ui/console-answers', () => ({ consoleAnswers: async () => true }));
vi.mock('@/lib/browser/pki-client', () => ({ pkiClient: () => held.worker }));
vi.mock('@/lib/browser/download', () => ({ download: () => undefined }));
vi.mock('@/components/device/unlocked-keys', () => ({
  useUnlockedKey: () => 'key',
  lockKey: () => undefined,
}));

const CA: IssuingCa = {
  caId: 'a'.repeat(64),
  name: 'Plant CA',
  subject: 'CN=Plant CA',
  country: undefined,
  certificatePem: '',
  issuerPems: [],
  status: 'ACTIVE',
  mode: 'DEFAULT',
  autoRegistration: true,
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2036-01-01T00:00:00.000Z',
  template: { kind: 'none' },
};
const THROTTLED: Failure = {
  kind: 'aws',
  service: 'iot',
  operation: 'DescribeCACertificate',
  name: 'ThrottlingException',
  message: 'Rate exceeded',
  status: 400,
  requestId: undefined,
};

let worker: FakeBatchWorker;
beforeEach(() => {
  worker = new FakeBatchWorker();
  held.worker = worker;
  vi.stubGlobal('fetch', async (url: string) =>
    Response.json(url.endsWith('/names') ? { taken: [], takenThings: [] } : ok(null)),
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const actions = {
  begin: async () => ok(SERVER),
  confirm: async () => ok({ madeAnew: 0 }),
  giveUp: async () => ok(undefined),
};

/** As the layout has it. */
function frame(page: ReactNode) {
  return (
    <InConsole now={new Date('2026-11-22T00:00:00Z')}>
      <BatchRunProvider
        environment="lab"
        reserveUrl="http://console/reserve"
        endedUrl="http://console/ended"
        actions={actions}
      >
        {page}
      </BatchRunProvider>
    </InConsole>
  );
}

/** The page with what the server has read of the CA. */
function page(ca: Result<IssuingCa, Failure>) {
  return frame(
    <IssueBatch
      environment="lab"
      caId={CA.caId}
      ca={ca}
      openBatches={{ batches: [], count: 0, olderHref: undefined, newestHref: undefined }}
      otherCaHref={'/other' as Route}
      profiles={[]}
      urls={{ names: 'http://console/names', registry: 'http://console/registry' }}
      giveUp={actions.giveUp}
    />,
  );
}

/** A thousand devices are being issued, of which some are written. */
async function startBatch() {
  worker.holdAfter = 250;
  const view = render(page(ok(CA)));
  await userEvent.click(screen.getByRole('radio', { name: /^A pattern of names/ }));
  await userEvent.type(screen.getByLabelText('Pattern of the common names'), 'pump-{{0..999}');
  await seen('No name is taken in the ledger.');
  await userEvent.click(screen.getByRole('button', { name: /^Issue 1,000 devices/ }));
  return { ...view, bar: await screen.findByRole('progressbar', {}, { timeout: 20_000 }) };
}

const seen = (words: string | RegExp) => screen.findByText(words, {}, { timeout: 20_000 });

it('a page that is read again while AWS fails keeps the batch that runs, and shows the failure beside it', async () => {
  const { rerender, bar } = await startBatch();
  rerender(page(fail(THROTTLED)));
  await seen('AWS slowed us down: too many calls at once.');
  expect(screen.getByRole('progressbar')).toBe(bar);
  expect(worker.isOpen).toBe(true);
  rerender(page(ok({ ...CA, name: 'Plant CA, renamed' })));
  await seen('Plant CA, renamed');
  expect(screen.queryByText('AWS slowed us down: too many calls at once.')).toBeNull();

  worker.letGo();
  await seen('1,000 devices are issued');
  expect(worker.calls).not.toContain('closeBatch');
});

it('a page that crashes, or where another CA is chosen, does not end the batch that runs', async () => {
  const { rerender, unmount } = await startBatch();
  rerender(
    frame(
      <>
        <RunElsewhere />
        <p>Something went wrong</p>
      </>,
    ),
  );
  await seen('Something went wrong');
  expect(screen.getByRole('progressbar')).toBeTruthy();
  worker.letGo();
  await seen('1,000 devices are issued');
  expect(worker.calls).not.toContain('closeBatch');
  rerender(page(ok(CA)));
  await userEvent.click(screen.getByRole('button', { name: 'I have the archive' }));
  await seen('1,000 devices are issued and delivered');
  unmount();
  expect(worker.isOpen).toBe(false);
});

it('what was typed stays where it is while AWS fails', async () => {
  const { rerender } = render(page(ok(CA)));
  await userEvent.click(screen.getByRole('radio', { name: /^A pattern of names/ }));
  await userEvent.type(screen.getByLabelText('Pattern of the common names'), 'pump');
  rerender(page(fail(THROTTLED)));
  expect(screen.getByLabelText('Pattern of the common names')).toHaveProperty('value', 'pump');
  const before = router.refresh.mock.calls.length;
  await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
  expect(router.refresh.mock.calls.length).toBe(before + 1);
});

it('a CA that was never read leaves the way to another one', async () => {
  render(page(fail(THROTTLED)));
  await seen('AWS slowed us down: too many calls at once.');
  expect(screen.getByRole('link', { name: 'Choose another CA' })).toBeTruthy();
  expect(screen.queryByLabelText('Pattern of the common names')).toBeNull();
});
