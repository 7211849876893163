import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openState } from './open-state';
import type { SandboxState } from './sandbox-state';

const ACCOUNT = '123456789012';

let directory: string;
const journal = () => path.join(directory, 'state.jsonl');

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'state-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const putThing = (state: SandboxState, thingName: string) => {
  const region = state.region('eu-west-1');
  region.things.set(thingName, {
    thingName,
    thingId: thingName,
    attributes: {},
    version: 1,
    sequence: region.nextSequence(),
  });
};

const names = (state: SandboxState) =>
  [...state.region('eu-west-1').things.values()].map((row) => row.thingName);

describe('the journal', () => {
  it('brings back rows, links, their order and the sequence', async () => {
    const first = await openState(directory, ACCOUNT);
    for (const name of ['b', 'a', 'c']) putThing(first, name);
    const region = first.region('eu-west-1');
    region.thingPrincipals.link('a', 'arn', { type: 'EXCLUSIVE_THING' });
    region.thingPrincipals.link('b', 'arn', { type: 'EXCLUSIVE_THING' });
    region.thingPrincipals.unlink('b', 'arn');
    region.things.delete('c');
    await first.close();

    const second = await openState(directory, ACCOUNT);
    const again = second.region('eu-west-1');
    expect([...second.regions()].map(({ name }) => name)).toEqual(['eu-west-1']);
    expect(names(second)).toEqual(['b', 'a']);
    expect([...again.thingPrincipals.leftsOf('arn')]).toEqual([['a', { type: 'EXCLUSIVE_THING' }]]);
    expect(again.nextSequence()).toBe(4);
    await second.close();
  });

  it('writes what one operation changed as one line', async () => {
    const state = await openState(directory, ACCOUNT);
    putThing(state, 'a');
    putThing(state, 'b');
    await state.durable();
    putThing(state, 'c');
    await state.close();
    expect((await readFile(journal(), 'utf8')).trimEnd().split('\n')).toHaveLength(3);
  });

  it('acknowledges under a stream of later changes', async () => {
    const state = await openState(directory, ACCOUNT);
    const stop = new AbortController();
    const stream = async () => {
      for (let count = 0; !stop.signal.aborted; count += 1) {
        putThing(state, `stream${count}`);
        await new Promise((done) => setImmediate(done));
      }
    };
    const streaming = stream();
    for (let count = 0; count < 5; count += 1) {
      putThing(state, `mine${count}`);
      await state.durable();
      expect(await readFile(journal(), 'utf8')).toContain(`"mine${count}"`);
    }
    stop.abort();
    await streaming;
    await state.close();
  });

  it('cuts off a torn last line and goes on after it', async () => {
    const first = await openState(directory, ACCOUNT);
    putThing(first, 'kept');
    await first.close();
    await appendFile(journal(), '[["put","eu-west-1/things","torn",{"thingName":"to');
    const second = await openState(directory, ACCOUNT);
    putThing(second, 'next');
    await second.close();
    const third = await openState(directory, ACCOUNT);
    expect(names(third)).toEqual(['kept', 'next']);
    await third.close();
  });

  it.each([
    [
      'a damaged line',
      '{"journal":"jitp-sandbox","version":1}\n[["put","x"\n[["reset"]]\n',
      /Line 2 .* is damaged/,
    ],
    [
      'an entry of no known kind',
      '{"journal":"jitp-sandbox","version":1}\n[["steal"]]\n',
      /Line 2 .* is damaged/,
    ],
    ['another format', '{"journal":"jitp-sandbox","version":2}\n', /not written by this version/],
  ])('refuses %s with a sentence and leaves the file alone', async (_name, text, sentence) => {
    await writeFile(journal(), text);
    await expect(openState(directory, ACCOUNT)).rejects.toThrow(sentence);
    expect(await readFile(journal(), 'utf8')).toBe(text);
  });

  it('is compacted when most of it no longer counts', async () => {
    const first = await openState(directory, ACCOUNT);
    for (let count = 0; count < 3000; count += 1) putThing(first, 'one');
    await first.close();
    const second = await openState(directory, ACCOUNT);
    expect(names(second)).toEqual(['one']);
    await second.close();
    expect((await readFile(journal(), 'utf8')).trimEnd().split('\n')).toHaveLength(2);
  });
});

it('says in a sentence that a file is no directory', async () => {
  await writeFile(path.join(directory, 'file'), '');
  await expect(openState(path.join(directory, 'file'), ACCOUNT)).rejects.toThrow(/cannot be used/);
});

describe('the lock', () => {
  it('lets one in of many that come at once, at most', async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => openState(directory, ACCOUNT)));
    const states = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? attempt.value : []));
    expect(states.length).toBeLessThanOrEqual(1);
    for (const state of states) await state.close();
    await (await openState(directory, ACCOUNT)).close();
  });
});
