import { afterEach, expect, test, vi } from 'vitest';
import { createThingLister } from './thing-list';

afterEach(() => vi.unstubAllGlobals());

/** An account of three answers; the token is the number of the answer. */
function account(failing: ReadonlySet<number> = new Set()) {
  const tokens: (string | null)[] = [];
  vi.stubGlobal('fetch', async (url: string, { signal }: { signal: AbortSignal }) => {
    signal.throwIfAborted();
    const token = new URL(url).searchParams.get('token');
    tokens.push(token);
    if (failing.has(tokens.length)) return Response.json({ kind: 'failed' });
    const at = Number(token ?? '1');
    return Response.json(
      at < 3
        ? { kind: 'more', names: [`thing-${at}`], nextToken: String(at + 1) }
        : { kind: 'end', names: [`thing-${at}`] },
    );
  });
  return tokens;
}

const WHOLE = { names: new Set(['thing-1', 'thing-2', 'thing-3']), end: 'whole' };
const NEVER = new AbortController().signal;

test('reads to the end, tells how far it is, and reads nothing twice', async () => {
  const tokens = account();
  const told: number[] = [];
  const lister = createThingLister('http://console/registry', () => 0);
  expect(await lister.read(100, (names) => told.push(names), NEVER)).toEqual(WHOLE);
  expect(told).toEqual([0, 1, 2]);
  expect(await lister.read(100, () => {}, NEVER)).toEqual(WHOLE);
  expect(tokens).toEqual([null, '2', '3']);
});

test('goes on where it stopped, over its bound or aborted', async () => {
  const tokens = account();
  const lister = createThingLister('http://console/registry', () => 0);
  expect(await lister.read(8, () => {}, NEVER)).toMatchObject({ end: 'too-many' });
  const abort = new AbortController();
  await lister.read(100, () => abort.abort(), abort.signal);
  expect(await lister.read(100, () => {}, NEVER)).toEqual(WHOLE);
  expect(tokens).toEqual([null, '2', '3']);
});

test('begins anew after a failure, and when what it has is old', async () => {
  const tokens = account(new Set([2]));
  let nowMs = 0;
  const lister = createThingLister('http://console/registry', () => nowMs);
  expect(await lister.read(100, () => {}, NEVER)).toEqual({ names: new Set(['thing-1']), end: 'failed' });
  expect(await lister.read(100, () => {}, NEVER)).toEqual(WHOLE);
  nowMs = 300_001;
  expect(await lister.read(100, () => {}, NEVER)).toEqual(WHOLE);
  expect(tokens).toEqual([null, '2', null, '2', '3', null, '2', '3']);
});
