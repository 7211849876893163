'use client';

import type { ReactNode } from 'react';
import { FindingMark } from './finding-mark';

type FieldRowProps = {
  label: string;
  /** The place in the template: lines of the graph end here, findings are marked here. */
  path: string;
  children: ReactNode;
};

/** One property of a resource in the drawing. */
export function FieldRow({ label, path, children }: FieldRowProps) {
  return (
    <div
      data-port-in={path}
      data-place={path}
      className="grid scroll-m-24 grid-cols-[5.5rem_minmax(0,1fr)] items-center gap-x-2 gap-y-0.5 rounded-sm px-3 py-0.5"
    >
      <span className="text-xs wrap-anywhere text-ink-muted">{label}</span>
      <div className="flex min-w-0 items-center gap-1">{children}</div>
      <FindingMark path={path} className="col-start-2" />
    </div>
  );
}
