import type { ReactNode } from 'react';
import type { Failure } from '@/lib/failure';
import { classNames } from './class-names';
import { FailureNotice } from './failure-notice';

export type Column<Row> = {
  /** Stable id, also the React key. */
  id: string;
  header: string;
  /** Shown in the header in its place; `header` still labels the cell on a phone. */
  headerContent?: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end. */
  align?: 'start' | 'end';
  /** What names the row, usually its link: a row header for screen readers, the title of its card on a phone. */
  isRowHeader?: boolean;
  /** Left out between 640 and 1280 px, where the table would not fit beside the navigation. */
  isSecondary?: boolean;
};

type ResourceTableProps<Row> = {
  /** Names the table for screen readers, e.g. "Things". */
  label: string;
  columns: ReadonlyArray<Column<Row>>;
  rows: ReadonlyArray<Row>;
  rowKey: (row: Row) => string;
  /** Shown in place of the rows when there are none: an `EmptyState`. */
  empty: ReactNode;
  /** Shown in place of the rows when they could not be read. */
  failure?: Failure | undefined;
};

/**
 * A read-only table. Without hooks, so it renders on the server; columns may hold functions. Below 640 px each row
 * becomes a card with the headers as labels.
 */
export function ResourceTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  empty,
  failure,
}: ResourceTableProps<Row>) {
  if (failure !== undefined) {
    return (
      <div className="p-4">
        <FailureNotice failure={failure} />
      </div>
    );
  }
  if (rows.length === 0) return empty;

  return (
    <table aria-label={label} className="w-full border-collapse text-sm max-sm:block">
      <thead className="max-sm:sr-only">
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" className={classNames(HEAD, place(column))}>
              {column.headerContent ?? column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {rows.map((row) => (
          <tr key={rowKey(row)} className={ROW}>
            {columns.map((column) =>
              column.isRowHeader ? (
                <th key={column.id} scope="row" className={classNames(CELL, ROW_HEADER, place(column))}>
                  {column.cell(row)}
                </th>
              ) : (
                <td
                  key={column.id}
                  data-label={column.header}
                  className={classNames(CELL, LABELLED, place(column))}
                >
                  {column.cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const HEAD =
  'border-b border-line bg-sunken px-3 py-1.5 text-xs font-medium whitespace-nowrap text-ink-muted first:pl-4 last:pr-4';
const ROW =
  'border-b border-line last:border-b-0 hover:bg-sunken max-sm:flex max-sm:flex-col max-sm:gap-1 max-sm:px-4 max-sm:py-3';
const CELL = 'px-3 py-1.5 align-middle first:pl-4 last:pr-4 max-sm:p-0 max-sm:first:pl-0 max-sm:last:pr-0';
const ROW_HEADER = 'font-medium max-sm:text-base';
const LABELLED =
  'max-sm:flex max-sm:items-baseline max-sm:gap-2 max-sm:before:w-28 max-sm:before:shrink-0 max-sm:before:text-xs max-sm:before:text-ink-muted max-sm:before:content-[attr(data-label)]';

function place(column: Pick<Column<never>, 'align' | 'isSecondary'>): string {
  return classNames(
    column.align === 'end' ? 'text-right max-sm:text-left' : 'text-left',
    column.isSecondary && 'sm:max-xl:hidden',
  );
}
