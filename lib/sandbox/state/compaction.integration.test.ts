import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openState } from './open-state';
import { FIRST_DELETED_KEY, WriterTables } from './testing/endless-writer';

const ACCOUNT = '123456789012';

let home: string;
let writer: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'compaction-'));
  writer = path.join(home, 'writer.mjs');
  await build({
    entryPoints: ['lib/sandbox/state/testing/endless-writer.ts'],
    outfile: writer,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
});
afterAll(() => rm(home, { recursive: true, force: true }));

const newDirectory = () => mkdtemp(path.join(home, 'data-'));

type Acknowledged = Map<string, number>;

/** Lets the writer write until so many changes are acknowledged, and kills it. */
async function writeAndKill(directory: string, acknowledgements: number): Promise<Acknowledged> {
  const child = fork(writer, [directory], { silent: true, execArgv: [] });
  const acknowledged: Acknowledged = new Map();
  let count = 0;
  child.on('message', (message: { key: string; value: number }) => {
    acknowledged.set(message.key, Math.max(message.value, acknowledged.get(message.key) ?? 0));
    count += 1;
    if (count === acknowledgements) child.kill('SIGKILL');
  });
  await once(child, 'close');
  expect(count).toBeGreaterThanOrEqual(acknowledgements);
  return acknowledged;
}

async function tablesOf(directory: string) {
  const state = await openState(directory, ACCOUNT);
  return { state, tables: state.region('us-east-1').family(WriterTables) };
}

describe('kill -9 while the journal is compacted', () => {
  it.each([211, 733, 1009])(
    'loses nothing acknowledged and leaves nothing half-done (after %i changes)',
    async (changes) => {
      const directory = await newDirectory();
      for (const life of [0, 1]) {
        const acknowledged = await writeAndKill(directory, changes + life * 37);
        const { state, tables } = await tablesOf(directory);
        for (const [key, value] of acknowledged) {
          const row = tables.left.get(key);
          // What was written later and not acknowledged may be there or not; nothing older may.
          if (row) expect(row.value).toBeGreaterThanOrEqual(value);
          else expect(Number(key)).toBeGreaterThanOrEqual(FIRST_DELETED_KEY);
          expect(tables.right.get(key)).toEqual(row);
          expect(tables.links.get(key, 'all')).toEqual(row);
        }
        await state.close();
      }
    },
  );
});

describe('compaction', () => {
  it('keeps the files as small as what is in them, while changes go on', async () => {
    const directory = await newDirectory();
    const state = await openState(directory, ACCOUNT, { compactAfter: 50 });
    const { left } = state.region('us-east-1').family(WriterTables);
    for (let value = 0; value < 1500; value += 1) {
      left.set(String(value % 10), { value });
      await state.durable();
    }
    await state.close();
    const files = (await readdir(directory)).filter((name) => name.startsWith('state.'));
    expect(files.some((name) => /^state\.\d+\.jsonl$/.test(name))).toBe(true);
    const texts = await Promise.all(files.map((name) => readFile(path.join(directory, name), 'utf8')));
    expect(texts.join('').split('\n').length).toBeLessThan(750);

    const again = await tablesOf(directory);
    expect([...again.tables.left.values()].map(({ value }) => value).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 10 }, (_, key) => 1490 + key),
    );
    await again.state.close();
    expect((await readdir(directory)).filter((name) => name.startsWith('state.'))).toEqual(['state.jsonl']);
  });

  const line = (value: number) => `[["put","us-east-1/left","k",{"value":${value}}]]\n`;
  const header = (members = '') => `{"journal":"jitp-sandbox","version":1${members}}\n`;

  it('ignores what a crash left over from before the snapshot', async () => {
    const directory = await newDirectory();
    await writeFile(path.join(directory, 'state.jsonl'), header(',"tail":3') + line(30));
    await writeFile(path.join(directory, 'state.2.jsonl'), header() + line(20));
    await writeFile(path.join(directory, 'state.jsonl.new'), header(',"tail":9') + line(1));
    const { state, tables } = await tablesOf(directory);
    expect(tables.left.get('k')).toEqual({ value: 30 });
    await state.close();
  });

  it('goes on in the order of the files, over one whose header was torn', async () => {
    const directory = await newDirectory();
    await writeFile(path.join(directory, 'state.jsonl'), header() + line(1));
    await writeFile(path.join(directory, 'state.10.jsonl'), header() + line(10));
    await writeFile(path.join(directory, 'state.9.jsonl'), header() + line(9));
    await writeFile(path.join(directory, 'state.11.jsonl'), '{"journal":"jitp-');
    const { state, tables } = await tablesOf(directory);
    expect(tables.left.get('k')).toEqual({ value: 10 });
    await state.close();
  });

  it('refuses the end of a journal without its beginning', async () => {
    const directory = await newDirectory();
    await writeFile(path.join(directory, 'state.1.jsonl'), header() + line(1));
    await expect(openState(directory, ACCOUNT)).rejects.toThrow(/not their beginning, state\.jsonl/);
  });

  it('never gives a sequence twice, not even that of a row that is gone', async () => {
    const directory = await newDirectory();
    const first = await openState(directory, ACCOUNT, { compactAfter: 10 });
    const region = first.region('us-east-1');
    const things = region.family(WriterTables).left;
    for (let count = 0; count < 40; count += 1) {
      const sequence = region.nextSequence();
      things.set('k', { value: 0, sequence } as { value: number });
      things.delete('k');
      await first.durable();
    }
    await first.close();
    for (let life = 0; life < 2; life += 1) {
      const again = await openState(directory, ACCOUNT);
      expect(again.region('us-east-1').nextSequence()).toBeGreaterThan(40);
      await again.close();
    }
  });
});
