import { printCell } from '@/lib/registry/csv';

/** One line of a batch's tables, which end their lines as all its texts do: with a line feed. */
export const csvRow = (cells: readonly string[]): string => `${cells.map(printCell).join(',')}\n`;
