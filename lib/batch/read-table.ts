/**
 * CSV and TSV (RFC 4180 and what spreadsheets make of it) as rows of cells. The only door to the parser.
 * @module
 */
import Papa from 'papaparse';
import { fail, ok, type Result } from '@/lib/result';
import { BATCH_CHARACTERS_MAX, BATCH_DEVICES_MAX, BATCH_LINES_MAX } from './bounds';
import { withoutFormulaGuard } from './formula-guard';

/** The eight subject fields, and what a spreadsheet has beside them. */
export const TABLE_COLUMNS_MAX = 64;

/** `line` counts from 1, blank lines included, so that a person finds it in the file. */
export type TableRow = { line: number; cells: string[] };
export type Table = { delimiter: string; rows: TableRow[] };

export type TableFault =
  | { kind: 'table-empty' }
  | { kind: 'table-too-big'; characters: number; charactersMax: number }
  | { kind: 'table-too-many-rows'; rowsMax: number }
  /** Few enough rows with something in them as far as was read, and more lines than are read. */
  | { kind: 'table-too-many-lines'; linesMax: number }
  | { kind: 'table-too-many-columns'; line: number; columns: number; columnsMax: number }
  /** A quote that is never closed swallows the rest of the file; `line` is where it opens. */
  | { kind: 'table-quote-open'; line: number }
  /** NUL and its like: an .xlsx or another binary file under the name of a text. */
  | { kind: 'table-binary' }
  /** U+FFFD: decoded as something that it is not. */
  | { kind: 'table-undecoded'; line: number };

// biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
const BINARY = /[\u0000-\u0008\u000e-\u001f]/u;

/** Every row that has something in it; cells lose the blanks around them, and the apostrophe that this console's own lists have. */
export function readTable(text: string): Result<Table, TableFault> {
  if (text.length > BATCH_CHARACTERS_MAX) {
    return fail({ kind: 'table-too-big', characters: text.length, charactersMax: BATCH_CHARACTERS_MAX });
  }
  const content = withoutEnd(text.replace(/^\uFEFF/, ''));
  if (BINARY.test(content)) return fail({ kind: 'table-binary' });
  const undecoded = content.indexOf('\ufffd');
  if (undecoded >= 0)
    return fail({ kind: 'table-undecoded', line: breaksIn(content.slice(0, undecoded)) + 1 });

  const { data, errors, meta } = Papa.parse<string[]>(content, {
    // The parser counts blank rows too; one more than are read: whoever is over the bound must not lose the rest in silence.
    preview: BATCH_LINES_MAX + 1,
    delimitersToGuess: [',', '\t', ';'],
  });
  const lines = lineNumbers(data);
  const open = errors.find(({ code }) => code === 'MissingQuotes');
  if (open) return fail({ kind: 'table-quote-open', line: lines[open.row ?? 0] ?? 1 });

  const rows = data
    .map((cells, index) => ({
      line: lines[index] ?? 1,
      cells: cells.map((cell) => withoutFormulaGuard(cell.trim())),
    }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length > BATCH_DEVICES_MAX + 1)
    return fail({ kind: 'table-too-many-rows', rowsMax: BATCH_DEVICES_MAX });
  if (data.length > BATCH_LINES_MAX) return fail({ kind: 'table-too-many-lines', linesMax: BATCH_LINES_MAX });
  if (rows.length === 0) return fail({ kind: 'table-empty' });
  const wide = rows.find(({ cells }) => cells.length > TABLE_COLUMNS_MAX);
  if (wide) {
    const { line, cells } = wide;
    return fail({
      kind: 'table-too-many-columns',
      line,
      columns: cells.length,
      columnsMax: TABLE_COLUMNS_MAX,
    });
  }
  return ok({ delimiter: meta.delimiter, rows });
}

/** The parser counts an empty last row among the few by which it guesses the delimiter. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n' || text[end - 1] === '\r') end -= 1;
  return text.slice(0, end);
}

/** A quoted cell may hold line breaks, so a row's number is not its line. */
function lineNumbers(data: string[][]): number[] {
  let line = 1;
  return data.map((cells) => {
    const own = line;
    line += 1 + cells.reduce((breaks, cell) => breaks + breaksIn(cell), 0);
    return own;
  });
}

const breaksIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;
