// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ok } from '@/lib/result';
import { ForgetEndedBatches } from './forget-ended-batches';

const held = vi.hoisted((): { kept: string[]; isBusy: boolean } => ({ kept: [], isBusy: false }));
vi.mock('@/lib/browser/pki-client', () => ({
  pkiClient: () => ({
    call: async (operation: string, input: { batch: string } | null) => {
      if (operation === 'keptBatches') return ok([...held.kept]);
      held.kept = held.kept.filter((batch) => batch !== input?.batch);
      return ok(null);
    },
  }),
}));
vi.mock('./batch-run-provider', () => ({ useHeldRun: () => ({ isBusy: held.isBusy }) }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('forgets a batch that others ended while it ran, as soon as it is stopped', async () => {
  const asked = vi.fn(async () => Response.json({ ended: ['given-up'] }));
  vi.stubGlobal('fetch', asked);
  held.kept = ['given-up', 'open'];
  held.isBusy = true;
  const { rerender } = render(<ForgetEndedBatches url="http://console/ended" />);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([held.kept.length, asked.mock.calls.length]).toEqual([2, 0]);
  held.isBusy = false;
  rerender(<ForgetEndedBatches url="http://console/ended" />);
  await vi.waitFor(() => expect(held.kept).toEqual(['open']));
});
