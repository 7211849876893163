import type { ReactNode } from 'react';
import { RefreshButton } from './refresh-button';

type ListToolbarProps = {
  /** A `FilterForm`, or nothing. */
  filter?: ReactNode;
  /** When the rows were read, ISO 8601. */
  readAt: string;
  /** Whether the rows follow what happens. */
  live?: ReactNode;
  /** Page size and the like. */
  children?: ReactNode;
};

/** The line over a table: filter at the left, the age of the rows and "Refresh" at the right. */
export function ListToolbar({ filter, readAt, live, children }: ListToolbarProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
      {filter}
      <div className="ml-auto flex flex-wrap items-center gap-3">
        {children}
        {live}
        <RefreshButton readAt={readAt} />
      </div>
    </div>
  );
}
