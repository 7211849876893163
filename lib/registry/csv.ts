/**
 * CSV as spreadsheets read it: RFC 4180, with CRLF and quotes where needed.
 * @module
 */

/**
 * Texts that a spreadsheet would run as a formula get an apostrophe in front (OWASP, "CSV Injection"). Names and attributes
 * come from devices, so from outside.
 */
const FORMULA = /^[=+\-@\t\r]/;

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
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
