/**
 * CSV as spreadsheets read it: RFC 4180, with CRLF and quotes where needed.
 * @module
 */

import { withFormulaGuard } from '@/lib/batch/formula-guard';

/** A table's text, header first. Every row has as many cells as the header. */
export function printCsv(header: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  return [header, ...rows].map(printCsvRow).join('');
}

/** One line of a table, its end included. */
export function printCsvRow(cells: readonly string[]): string {
  return `${cells.map(printCell).join(',')}\r\n`;
}

/** One cell, with quotes where needed. */
export function printCell(text: string): string {
  const safe = withFormulaGuard(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
