import { expect, test } from 'vitest';
import { readIssuedSubject, toIssuedSubject } from './issued-subject';

test('what the ledger kept comes back as it was', () => {
  const kept = toIssuedSubject(
    { text: 'C=IN, CN=DemoThing', attributes: [], fields: { country: 'IN', commonName: 'DemoThing' } },
    'device',
  );
  expect(readIssuedSubject(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
});

test.each([
  null,
  'text',
  {},
  { text: 1, fields: {}, keyOrigin: 'console' },
  { text: '', fields: { commonName: 7 }, keyOrigin: 'device' },
])('a row of another hand (%j) still has its page', (stored) => {
  expect(readIssuedSubject(stored)).toEqual({ text: '', fields: {}, keyOrigin: 'console' });
});
