// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Route } from 'next';
import { IntlProvider } from 'use-intl';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Failure } from '@/lib/failure';
import { en } from '@/lib/i18n/en';
import type { IssuingCa } from '@/lib/registry/issuing-ca';
import { fail, ok, type Result } from '@/lib/result';
import { IssueBatch } from './issue-batch';
import { FakeBatchWorker, SERVER } from './testing/fake-batch-worker';

const held = vi.hoisted((): { worker: { call: unknown } | undefined } => ({ worker: undefined }));
const router = vi.hoisted(() => ({ refresh: vi.fn() }));
vi.mock('next/navigation', () => ({ useRouter: () => router }));
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
  confirm: async () => ok(undefined),
  giveUp: async () => ok(undefined),
};

/** The page with what the server has read of the CA. */
function page(ca: Result<IssuingCa, Failure>) {
  return (
    <IntlProvider locale="en" messages={en} timeZone="UTC" now={new Date('2026-11-22T00:00:00Z')}>
      <IssueBatch
        environment="lab"
        caId={CA.caId}
        ca={ca}
        openBatches={{ batches: [], count: 0, olderHref: undefined, newestHref: undefined }}
        otherCaHref={'/other' as Route}
        profiles={[]}
        urls={{
          reserve: 'http://console/reserve',
          names: 'http://console/names',
          registry: 'http://console/registry',
        }}
        actions={actions}
      />
    </IntlProvider>
  );
}

const seen = (words: string | RegExp) => screen.findByText(words, {}, { timeout: 20_000 });

it('a page that is read again while AWS fails keeps the batch that runs, and shows the failure beside it', async () => {
  worker.holdAfter = 250;
  const { rerender } = render(page(ok(CA)));
  await userEvent.click(screen.getByRole('radio', { name: /^A pattern of names/ }));
  await userEvent.type(screen.getByLabelText('Pattern of the common names'), 'pump-{{0..999}');
  await seen('No name is taken in the ledger.');
  await userEvent.click(screen.getByRole('button', { name: /^Issue 1,000 devices/ }));
  const bar = await screen.findByRole('progressbar', {}, { timeout: 20_000 });

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
