/** What the events leave in the ledger where they come late or at once with others. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { find } from '@/lib/ledger/read';
import { recordSeen, reserve } from '@/lib/ledger/record';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { LedgerNotes } from './ledger-notes';

let ledger: AsyncDisposable;
beforeAll(async () => {
  ledger = await startEmbeddedDatabase();
}, 60_000);
afterAll(() => ledger[Symbol.asyncDispose]());

const at = (second: number) => new Date(1_700_000_000_000 + second * 1000);

async function issued(character: string): Promise<string> {
  const certificateId = character.repeat(64);
  await reserve({
    environment: 'lab',
    certificateId,
    caId: 'c'.repeat(64),
    serial: character,
    subject: { text: 'CN=Late', fields: { commonName: 'Late' }, keyOrigin: 'console' },
    commonName: 'Late',
    notBefore: new Date('2023-01-01'),
    notAfter: new Date('2099-01-01'),
    operatorId: 'ada',
    operatorName: 'Ada',
  });
  return certificateId;
}

it('a late event does not replace what was seen after it, whatever it is written with', async () => {
  const [late, other] = [await issued('a'), await issued('b')];
  await recordSeen('lab', late, 'REVOKED', at(5), { source: 'act' });
  const notes = new LedgerNotes('lab');
  notes.add({ certificateId: late, state: 'ACTIVE' }, at(1));
  notes.add({ certificateId: other, state: 'ACTIVE' }, at(9));
  await notes.flush();
  expect(await find('lab', late)).toMatchObject({ lastSeenState: 'REVOKED', lastSeenAt: at(5) });
  expect(await find('lab', other)).toMatchObject({ lastSeenState: 'ACTIVE', lastSeenAt: at(9) });
});

it('of two notes of one certificate the newer one stands, in whatever order they come', async () => {
  const certificateId = await issued('d');
  const notes = new LedgerNotes('lab');
  notes.add({ certificateId, state: 'INACTIVE' }, at(3));
  notes.add({ certificateId, state: 'ACTIVE' }, at(2));
  await notes.flush();
  expect(await find('lab', certificateId)).toMatchObject({ lastSeenState: 'INACTIVE', lastSeenAt: at(3) });
});
