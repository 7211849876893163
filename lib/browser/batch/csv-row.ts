/**
 * One line of a CSV (RFC 4180), with its line feed. A cell that a spreadsheet would take for a formula gets a quote before it
 * (OWASP, "CSV injection").
 */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

export function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
