import { ChevronRight } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';

export type Crumb = { label: string; href: Route };

type PageHeaderProps = {
  title: ReactNode;
  /** The way here, outermost first, without the page itself. */
  breadcrumb?: readonly Crumb[];
  /** Names the breadcrumb for screen readers; `ui.breadcrumb`. */
  breadcrumbLabel?: string;
  /** Behind the title: a count as "(12)" or "(250+)", a status. */
  aside?: ReactNode;
  /** One line under the title. */
  description?: ReactNode;
  /** The one primary button last. */
  actions?: ReactNode;
};

/** The breadcrumb and the only `h1` of a page. */
export function PageHeader({
  title,
  breadcrumb = [],
  breadcrumbLabel = 'Breadcrumb',
  aside,
  description,
  actions,
}: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-1">
      {breadcrumb.length === 0 ? null : (
        <nav aria-label={breadcrumbLabel}>
          <ol className="flex flex-wrap items-center gap-1 text-xs">
            {breadcrumb.map(({ label, href }, index) => (
              <li key={href} className="flex items-center gap-1">
                {index === 0 ? null : <ChevronRight aria-hidden className="size-3.5 text-ink-muted" />}
                <Link href={href} className="link inline-flex min-h-6 items-center">
                  {label}
                </Link>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 text-xl font-semibold wrap-anywhere">{title}</h1>
        {aside === undefined ? null : <div className="text-base text-ink-muted">{aside}</div>}
        {actions === undefined ? null : <div className="flex flex-wrap gap-2 sm:ml-auto">{actions}</div>}
      </div>
      {description === undefined ? null : (
        <p className="max-w-prose text-sm text-pretty text-ink-muted">{description}</p>
      )}
    </header>
  );
}
