import { type ReactNode, useId } from 'react';
import { classNames } from './class-names';

type CardProps = {
  title: ReactNode;
  /** Words beside the title, e.g. a count or a badge. */
  aside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Tables and code touch the edges. */
  isFlush?: boolean;
};

/** A section with a heading, the box that pages are built of. */
export function Card({ title, aside, actions, children, isFlush = false }: CardProps) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className="min-w-0 rounded-lg border border-line bg-surface">
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5">
        <h2 id={titleId} className="text-base font-semibold">
          {title}
        </h2>
        {aside === undefined ? null : <div className="text-sm text-ink-muted">{aside}</div>}
        {actions === undefined ? null : (
          <div className="ml-auto flex flex-wrap gap-2 print:hidden">{actions}</div>
        )}
      </header>
      <div className={classNames(!isFlush && 'p-4')}>{children}</div>
    </section>
  );
}
