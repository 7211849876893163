import { expect, it, vi } from 'vitest';
import type { PkiClient } from '@/lib/browser/pki-client';
import { ok } from '@/lib/result';
import { KEPT_AT_ONCE_MAX } from './batch-answers';
import { forgetEnded } from './forget-ended';

/** A worker that keeps these batches and cannot let go of `stuck`. */
function keeping(kept: string[], stuck?: string) {
  const forgotten: string[] = [];
  const call = vi.fn(async (operation: string, input: { batch: string } | null) => {
    if (operation === 'keptBatches') return ok(kept);
    if (input === null || input.batch === stuck) throw new Error('open in another tab');
    forgotten.push(input.batch);
    return ok(null);
  });
  // One function answers for all operations, which no type of theirs allows.
  return { pki: { call } as unknown as PkiClient, forgotten };
}

it('forgets what the server says is over, and nothing else', async () => {
  const { pki, forgotten } = keeping(['open', 'delivered', 'of another environment']);
  expect(await forgetEnded({ pki, askEnded: async () => ['delivered', 'never kept here'] })).toEqual([]);
  expect(forgotten).toEqual(['delivered']);
});

it('keeps everything as long as the server does not answer', async () => {
  const { pki, forgotten } = keeping(['one', 'two']);
  expect(await forgetEnded({ pki, askEnded: async () => undefined })).toEqual([]);
  expect(forgotten).toEqual([]);
});

it('goes on behind one that cannot be forgotten, and names it', async () => {
  const { pki, forgotten } = keeping(['one', 'two'], 'one');
  expect(await forgetEnded({ pki, askEnded: async (asked) => asked })).toEqual(['one']);
  expect(forgotten).toEqual(['two']);
});

it('asks about all of them, however many there are', async () => {
  const kept = Array.from({ length: KEPT_AT_ONCE_MAX + 1 }, (_, at) => `b${at}`);
  const { pki, forgotten } = keeping(kept);
  await forgetEnded({
    pki,
    async askEnded(asked) {
      expect(asked.length).toBeLessThanOrEqual(KEPT_AT_ONCE_MAX);
      return asked;
    },
  });
  expect(forgotten).toEqual(kept);
});
