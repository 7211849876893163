import { afterAll, beforeAll, expect, test } from 'vitest';
import { NAMES_AT_ONCE_MAX, namesAnswer } from '@/components/batch/batch-answers';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { answerNames } from './answer-names';

const NOT_AGAIN = { again: undefined, now: new Date('2026-11-22T11:00:00Z') };
const LONG = '😀'.repeat(64);

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
  const now = new Date('2026-11-22T10:00:00Z');
  await database()
    .insert(issuedCertificates)
    .values(
      [
        { commonName: LONG, thingName: 'pump-1' },
        { commonName: 'pump-2', thingName: null },
      ].map((row, index) => ({
        ...row,
        environment: 'lab',
        certificateId: `${index}`.padEnd(64, '0'),
        caId: 'a'.repeat(64),
        serial: `${index}`,
        subject: {},
        notBefore: now,
        notAfter: now,
        operatorId: 'o1',
        operatorName: 'Ada',
        delivery: 'delivered' as const,
        reservedAt: now,
      })),
    );
});
afterAll(() => running[Symbol.asyncDispose]());

test('the ledger says which names and which things it has, of this environment alone', async () => {
  const question = { names: [LONG, 'pump-1', 'pump-2'], things: ['pump-1', 'pump-2'] };
  const answer = namesAnswer.parse(await (await answerNames('lab', question, NOT_AGAIN)).json());
  expect(new Set(answer.taken)).toEqual(new Set([LONG, 'pump-2']));
  expect(answer.takenThings).toEqual(['pump-1']);
  const other = await answerNames('other', question, NOT_AGAIN);
  expect(await other.json()).toEqual({ taken: [], takenThings: [] });
});

test.each([
  ['a body that could not be read', undefined],
  ['a name beyond 64 characters', { names: ['pump-2', `${LONG}a`] }],
  ['a character that no name has', { names: ['pump-2', 'pump\0'] }],
  ['a thing that AWS could not have', { names: ['pump-2'], things: ['a b'] }],
  ['too many names', { names: Array.from({ length: NAMES_AT_ONCE_MAX + 1 }, (_, index) => `n${index}`) }],
])('%s is refused, and the refusal does not read as nothing taken', async (_, question) => {
  const refused = await answerNames('lab', question, NOT_AGAIN);
  expect(refused.status).toBe(400);
  expect(namesAnswer.safeParse(await refused.json()).success).toBe(false);
});
