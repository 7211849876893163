import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TableCheck } from './table-check';

const bytes = fc.uint8Array({ maxLength: 40 }).map((part) => Uint8Array.from(part));
const pieces = fc.array(bytes, { maxLength: 8 });

async function isAsExpected(read: Uint8Array<ArrayBuffer>[], expected: Uint8Array[]): Promise<boolean> {
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of read) controller.enqueue(part);
      controller.close();
    },
  });
  const table = new TableCheck(stream);
  for (const part of expected) await table.expect(part);
  return table.end();
}

it('says yes of the same bytes, however they are cut, and no of all others', async () => {
  await fc.assert(
    fc.asyncProperty(pieces, pieces, async (read, expected) => {
      const isSame = Buffer.concat(read).equals(Buffer.concat(expected));
      expect(await isAsExpected(read, expected)).toBe(isSame);
      expect(await isAsExpected(read, [Buffer.concat(read)])).toBe(true);
      expect(await isAsExpected([Uint8Array.from(Buffer.concat(read))], read)).toBe(true);
    }),
  );
});

it.each([
  ['a byte is another', 'abcdef', 'abcdeg'],
  ['the end is missing', 'abcde', 'abcdef'],
  ['something is left', 'abcdef', 'abcde'],
  ['there is nothing', '', 'a'],
])('says no where %s', async (_, read, expected) => {
  expect(await isAsExpected([Uint8Array.from(Buffer.from(read))], [Buffer.from(expected)])).toBe(false);
});
