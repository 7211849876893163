import type { Route } from 'next';
import Link from 'next/link';
import { PAGE_SIZES } from './list-query';

type PageSizesProps = {
  label: string;
  current: number;
  hrefOf: (size: (typeof PAGE_SIZES)[number]) => Route;
};

/** How many rows a page has: links, since the choice is part of the URL. */
export function PageSizes({ label, current, hrefOf }: PageSizesProps) {
  return (
    <nav aria-label={label} className="flex items-center gap-1 text-xs text-ink-muted">
      <span aria-hidden>{label}</span>
      {PAGE_SIZES.map((size) => (
        <Link
          key={size}
          href={hrefOf(size)}
          aria-current={size === current ? 'true' : undefined}
          className="inline-flex min-h-6 min-w-6 items-center justify-center rounded-sm px-1 tabular-nums text-accent hover:bg-sunken aria-[current]:bg-sunken aria-[current]:font-semibold aria-[current]:text-ink"
        >
          {size}
        </Link>
      ))}
    </nav>
  );
}
