import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '@/lib/testing/expect-ok';
import { BATCH_CHARACTERS_MAX, BATCH_DEVICES_MAX, BATCH_LINES_MAX } from './bounds';
import { readTable, TABLE_COLUMNS_MAX } from './read-table';

describe('a table', () => {
  it.each([
    [
      'a,b\n1,2\n',
      ',',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
      'plain',
    ],
    [
      'a\tb\n1\t2',
      '\t',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
      'tabs, as pasted from a spreadsheet',
    ],
    [
      'a;b\r\n1;2',
      ';',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
      'semicolons, as where the comma is the decimal point',
    ],
    [
      'a;b\n1;2\n',
      ';',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
      'few rows of semicolons and a line break at the end',
    ],
    [
      '\uFEFFa,b\n1,2',
      ',',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
      'a byte order mark',
    ],
    [
      'a,b\n\n , \n1,2',
      ',',
      [
        [1, 'a', 'b'],
        [4, '1', '2'],
      ],
      'blank lines count and are passed over',
    ],
    [
      'a,b\n"x,\ny", 2 ',
      ',',
      [
        [1, 'a', 'b'],
        [2, 'x,\ny', '2'],
      ],
      'quotes; blanks around a cell',
    ],
    [
      'a,b\n"x\ny",2\nz,3',
      ',',
      [
        [1, 'a', 'b'],
        [2, 'x\ny', '2'],
        [4, 'z', '3'],
      ],
      'lines after a cell of two lines',
    ],
    [
      'pump-1\npump-2',
      ',',
      [
        [1, 'pump-1'],
        [2, 'pump-2'],
      ],
      'one column',
    ],
    ['"a ""b""",c', ',', [[1, 'a "b"', 'c']], 'doubled quotes'],
  ])('reads %j', (text, delimiter, rows, _reason) => {
    const table = readTable(text);
    expect(table).toEqual({
      ok: true,
      value: { delimiter, rows: rows.map(([line, ...cells]) => ({ line, cells })) },
    });
  });

  it.each([
    ['', { kind: 'table-empty' }, 'nothing'],
    [' \n , \n', { kind: 'table-empty' }, 'blank cells only'],
    ['a,b\n"1,2\n3,4', { kind: 'table-quote-open', line: 2 }, 'a quote that nobody closes'],
    ['a\nb\nc\ufffd', { kind: 'table-undecoded', line: 3 }, 'decoded as what it is not'],
    ['PK\u0003\u0004\u0000\ufffd', { kind: 'table-binary' }, 'an .xlsx under another name'],
    [
      `a\n${'x,'.repeat(TABLE_COLUMNS_MAX)}x`,
      {
        kind: 'table-too-many-columns',
        line: 2,
        columns: TABLE_COLUMNS_MAX + 1,
        columnsMax: TABLE_COLUMNS_MAX,
      },
      'too wide',
    ],
  ])('refuses %j', (text, failure, _reason) => {
    expect(readTable(text)).toEqual({ ok: false, failure });
  });

  it('holds a header and as many devices as a batch, and not one more', () => {
    const rows = (count: number) => `cn\n${Array.from({ length: count }, (_, at) => `d${at}`).join('\n')}\n`;
    expect(readTable(rows(BATCH_DEVICES_MAX))).toMatchObject({ ok: true });
    expect(readTable(rows(BATCH_DEVICES_MAX + 1))).toEqual({
      ok: false,
      failure: { kind: 'table-too-many-rows', rowsMax: BATCH_DEVICES_MAX },
    });
  });

  const devices = (count: number) => Array.from({ length: count }, (_, at) => `d${at}`);

  it.each([
    [
      `cn\n${devices(BATCH_DEVICES_MAX / 2).join('\n')}\n\n\n${devices(BATCH_DEVICES_MAX / 2).join('\n')}`,
      'groups',
    ],
    [`cn\n\n${devices(BATCH_DEVICES_MAX).join('\n\n')}`, 'double-spaced'],
    [
      `"cn"\n,\n${devices(BATCH_DEVICES_MAX).join('\n , \n')}`,
      'rows of blank cells, with quotes in the file',
    ],
  ])('loses no device to blank rows (%#)', (text, _reason) => {
    expect(expectOk(readTable(text)).rows).toHaveLength(1 + BATCH_DEVICES_MAX);
  });

  it('of more lines than are read is refused, and never cut', () => {
    const lines = (count: number) => `cn\nd1${'\n'.repeat(count - 2)}d2`;
    expect(expectOk(readTable(lines(BATCH_LINES_MAX))).rows).toHaveLength(3);
    expect(readTable(lines(BATCH_LINES_MAX + 1))).toEqual({
      ok: false,
      failure: { kind: 'table-too-many-lines', linesMax: BATCH_LINES_MAX },
    });
  });

  it('is refused by its size before it is parsed', () => {
    const characters = BATCH_CHARACTERS_MAX + 1;
    expect(readTable('x'.repeat(characters))).toEqual({
      ok: false,
      failure: { kind: 'table-too-big', characters, charactersMax: BATCH_CHARACTERS_MAX },
    });
  });

  it('never throws, whatever is dropped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(typeof readTable(text).ok).toBe('boolean');
      }),
    );
  });
});
