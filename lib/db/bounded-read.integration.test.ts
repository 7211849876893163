import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countSignInAttempt } from '@/lib/auth/sign-in-limit';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { readBounded } from './bounded-read';
import { database } from './database';

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

/** Minutes of work, if it were let. */
const ENDLESS = sql`select count(*) from generate_series(1, 200000000) as line`;
const endless = () => readBounded((transaction) => transaction.execute(ENDLESS), { timeoutMs: 200 });

it('a statement that takes too long is cut, and the next one finds the database well', async () => {
  expect(await endless()).toEqual({ ok: false, failure: { kind: 'statement-timeout' } });
  const { rows } = await database().execute(sql`select 1 as alive`);
  expect(rows).toEqual([{ alive: 1 }]);
});

it('only those statements are bounded that ask for it', async () => {
  const long = sql`select count(*)::int as lines from generate_series(1, 3000000)`;
  const bounded = await readBounded((transaction) => transaction.execute(long), { timeoutMs: 1 });
  expect(bounded.ok).toBe(false);
  expect((await database().execute(long)).rows).toEqual([{ lines: 3_000_000 }]);
});

it('a sign-in has its turn while slow searches wait for theirs', async () => {
  const done: string[] = [];
  const note = (what: string) => () => done.push(what);
  await Promise.all([
    ...Array.from({ length: 6 }, () => endless().then(note('search'))),
    countSignInAttempt({ email: 'ada@example.com', clientAddress: undefined, now: new Date() }).then(
      note('sign-in'),
    ),
  ]);
  expect(done.indexOf('sign-in')).toBeLessThan(3);
});

it('what is read cannot write', async () => {
  const write = readBounded((transaction) => transaction.execute(sql`delete from operators`));
  await expect(write).rejects.toThrow();
});
