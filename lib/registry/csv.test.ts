import { describe, expect, it } from 'vitest';
import { printCsv } from './csv';

describe('printCsv (RFC 4180)', () => {
  it.each([
    ['pump-7', 'pump-7', 'nothing to quote'],
    ['a,b', '"a,b"', 'a comma'],
    ['say "hi"', '"say ""hi"""', 'quotes are doubled'],
    ['two\nlines', '"two\nlines"', 'a line break'],
    ['=1+1', "'=1+1", 'a formula is text'],
    ['@SUM(A1,A2)', `"'@SUM(A1,A2)"`, 'a formula with a comma'],
    ['', '', 'nothing'],
  ])('%j -> %j (%s)', (cell, printed) => {
    expect(printCsv(['name'], [[cell]])).toBe(`name\r\n${printed}\r\n`);
  });
});
