import type { ReactNode } from 'react';

type EmptyStateProps = {
  /** Why there is nothing: "No things yet", or "Nothing matches". */
  title: ReactNode;
  /** One line on what to do about it. */
  children?: ReactNode;
  action?: ReactNode;
};

/** What stands where the rows would be. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-10 text-center">
      <p className="font-medium">{title}</p>
      {children === undefined ? null : <div className="max-w-prose text-sm text-ink-muted">{children}</div>}
      {action === undefined ? null : <div className="mt-2">{action}</div>}
    </div>
  );
}
