import type { ReactNode } from 'react';
import { classNames } from './class-names';

export type KeyValueEntry = {
  /** Also the React key: unique in the list. */
  label: string;
  value: ReactNode;
  /** Takes the whole width, for long values. */
  isWide?: boolean;
};

/** A summary: labels over their values, in as many columns as fit. */
export function KeyValue({ entries }: { entries: readonly KeyValueEntry[] }) {
  return (
    <dl className="grid grid-cols-1 gap-x-8 gap-y-3.5 sm:grid-cols-2 xl:grid-cols-3">
      {entries.map(({ label, value, isWide = false }) => (
        <div key={label} className={classNames('min-w-0', isWide && 'col-span-full')}>
          <dt className="text-xs text-ink-muted">{label}</dt>
          <dd className="mt-0.5 text-sm wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
