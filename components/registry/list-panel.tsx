import type { ReactNode } from 'react';

/** The box around a list, without a heading: the page's own says what is in it. */
export function ListPanel({ children }: { children: ReactNode }) {
  return <div className="min-w-0 rounded-lg border border-line bg-surface">{children}</div>;
}
