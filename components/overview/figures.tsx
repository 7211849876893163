import type { Route } from 'next';
import Link from 'next/link';

type Figure = {
  /** Also the React key. */
  label: string;
  /** "3", or "250+" where AWS has more. */
  value: string;
  href: Route;
};

/** Counts side by side, each a link to what it counts. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-[repeat(auto-fit,minmax(8rem,1fr))]">
      {figures.map(({ label, value, href }) => (
        <div key={label} className="flex min-w-0 flex-col-reverse justify-end">
          <dt className="text-xs text-ink-muted">{label}</dt>
          <dd>
            <Link
              href={href}
              aria-label={`${label}: ${value}`}
              className="link inline-flex min-h-6 min-w-6 items-center text-xl font-semibold tabular-nums"
            >
              {value}
            </Link>
          </dd>
        </div>
      ))}
    </dl>
  );
}
