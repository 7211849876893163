import { type ReactNode, useId } from 'react';
import { classNames } from '@/components/ui/class-names';

type GraphColumnProps = { title: string; action?: ReactNode; className?: string; children: ReactNode };

/** A stage of the graph. */
export function GraphColumn({ title, action, className, children }: GraphColumnProps) {
  const titleId = useId();
  return (
    <section
      aria-labelledby={titleId}
      className={classNames('relative flex min-w-0 flex-col gap-2.5', className)}
    >
      <header className="flex min-h-7 flex-wrap items-center gap-x-2">
        <h2 id={titleId} className="text-xs font-semibold text-ink-muted">
          {title}
        </h2>
        <div className="ml-auto flex flex-wrap">{action}</div>
      </header>
      {children}
    </section>
  );
}
