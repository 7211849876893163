import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable } from '@/lib/batch/read-table';
import { expectOk } from '@/lib/testing/expect-ok';
import { printCsv } from './csv';

describe('printCsv (RFC 4180)', () => {
  it.each([
    ['pump-7', 'pump-7', 'nothing to quote'],
    ['a,b', '"a,b"', 'a comma'],
    ['say "hi"', '"say ""hi"""', 'quotes are doubled'],
    ['two\nlines', '"two\nlines"', 'a line break'],
    ['=1+1', "'=1+1", 'a formula is text'],
    ['@SUM(A1,A2)', `"'@SUM(A1,A2)"`, 'a formula with a comma'],
    ["'+49", "''+49", 'an apostrophe of its own is told from ours'],
    ["'tis", "'tis", 'an apostrophe in front of no formula'],
    ['', '', 'nothing'],
  ])('%j -> %j (%s)', (cell, printed) => {
    expect(printCsv(['name'], [[cell]])).toBe(`name\r\n${printed}\r\n`);
  });
});

describe('a printed table', () => {
  it.each(['+4915112345678', '=1+1', '-', '@home', "'+49", "''=x", "'tis", "'"])('gives back %j', (name) => {
    const { rows } = expectOk(readTable(printCsv(['name', 'org'], [[name, 'Example']])));
    expect(rows[1]?.cells).toEqual([name, 'Example']);
  });

  it('gives back every text, whatever a spreadsheet would make of it', () => {
    const cell = fc
      .string({ unit: fc.constantFrom("'", '=', '+', '-', '@', 'a', '0', ',', '"', '\n'), minLength: 1 })
      // Blanks around a cell are no part of it in a table.
      .filter((text) => text.trim() === text);
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), (devices) => {
        const { rows } = expectOk(readTable(printCsv(['name', 'org'], devices)));
        expect(rows.slice(1).map(({ cells }) => cells)).toEqual(devices);
      }),
    );
  });
});
