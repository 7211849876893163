// @vitest-environment happy-dom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BatchState } from './batch-state';
import { dropEnding, noteEnding, toldEndings } from './told-endings';
import { useNotedOutput } from './use-noted-output';

beforeEach(() => window.localStorage.clear());
afterEach(cleanup);

const BATCH = '11111111-1111-4111-8111-111111111111';
const WRITTEN = {
  kind: 'written',
  batch: BATCH,
  end: { manifestSha256: 'd'.repeat(64), devices: 3, archive: undefined },
  target: 'download',
  isListGiven: true,
  failure: undefined,
} satisfies BatchState;
const said = () => toldEndings(window.localStorage).map(({ isSaid }) => isSaid);

it('a whole archive that the browser was given is kept in mind, and nobody’s word with it', () => {
  renderHook(() => useNotedOutput('lab', WRITTEN));
  expect(toldEndings(window.localStorage)).toEqual([
    { environment: 'lab', batch: BATCH, manifestSha256: 'd'.repeat(64), isSaid: false },
  ]);
});

it.each<[string, BatchState]>([
  ['is not whole', { ...WRITTEN, kind: 'incomplete', devices: 4, failures: { count: 1, first: [] } }],
  ['was written to disk, which the page tells by itself', { ...WRITTEN, target: 'file' }],
  ['has a list of passphrases that nobody has yet', { ...WRITTEN, isListGiven: false }],
  ['is still made', { kind: 'starting' }],
])('an output that %s is not', (_, state) => {
  renderHook(() => useNotedOutput('lab', state));
  expect(said()).toEqual([]);
});

it('an earlier output of the batch is forgotten while the passphrases of this one are not given out', () => {
  const initialProps: BatchState = WRITTEN;
  const { rerender } = renderHook((state) => useNotedOutput('lab', state), { initialProps });
  rerender({ ...WRITTEN, end: { ...WRITTEN.end, manifestSha256: 'e'.repeat(64) }, isListGiven: false });
  expect(toldEndings(window.localStorage)).toEqual([]);
  rerender({ ...WRITTEN, end: { ...WRITTEN.end, manifestSha256: 'e'.repeat(64) } });
  expect(toldEndings(window.localStorage).map(({ manifestSha256 }) => manifestSha256)).toEqual([
    'e'.repeat(64),
  ]);
});

it('a word that was said and lost stays said', () => {
  const initialProps: BatchState = WRITTEN;
  const { rerender } = renderHook((state) => useNotedOutput('lab', state), { initialProps });
  noteEnding(window.localStorage, {
    environment: 'lab',
    batch: BATCH,
    manifestSha256: 'd'.repeat(64),
    isSaid: true,
  });
  rerender({ ...WRITTEN, failure: { kind: 'no-answer' } });
  expect(said()).toEqual([true]);
});

it('the last of many are kept, each batch once', () => {
  const told = (index: number) => ({
    environment: 'lab',
    batch: `11111111-1111-4111-8111-${String(index).padStart(12, '0')}`,
    manifestSha256: 'd',
    isSaid: true,
  });
  for (let index = 0; index < 60; index += 1) noteEnding(window.localStorage, told(index));
  noteEnding(window.localStorage, told(59));
  const kept = toldEndings(window.localStorage);
  expect(kept).toHaveLength(50);
  expect(kept.at(-1)?.batch).toBe(told(59).batch);
  dropEnding(window.localStorage, told(59).batch);
  expect(toldEndings(window.localStorage)).toHaveLength(49);
});

it('a browser that keeps nothing is no reason to fail', () => {
  const full = {
    getItem: () => null,
    setItem() {
      throw new DOMException('full', 'QuotaExceededError');
    },
  };
  expect(() =>
    noteEnding(full, { environment: 'lab', batch: BATCH, manifestSha256: 'd', isSaid: true }),
  ).not.toThrow();
});
