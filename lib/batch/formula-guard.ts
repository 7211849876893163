/**
 * Cells that a spreadsheet would run as a formula get an apostrophe in front (OWASP, "CSV Injection"): names and attributes come from
 * devices, so from outside. What this console prints it can read again: a text that has apostrophes in front already gets one more.
 * @module
 */

const FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED_FORMULA = /^'+[=+\-@\t\r]/;

/** As it is printed. */
export const withFormulaGuard = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** As it was before it was printed. A cell that a person wrote so loses its apostrophe as well: in a spreadsheet it is no part of the text either. */
export const withoutFormulaGuard = (cell: string): string =>
  GUARDED_FORMULA.test(cell) ? cell.slice(1) : cell;
