import type { Route } from 'next';
import Link from 'next/link';

type BatchStatesProps = {
  label: string;
  choices: readonly { label: string; href: Route; isCurrent: boolean }[];
};

/** Which batches are listed: links, since the choice is part of the URL. */
export function BatchStates({ label, choices }: BatchStatesProps) {
  return (
    <nav aria-label={label} className="flex items-center gap-1 text-sm">
      {choices.map(({ label: name, href, isCurrent }) => (
        <Link
          key={href}
          href={href}
          aria-current={isCurrent ? 'true' : undefined}
          className="inline-flex min-h-6 items-center rounded-sm px-2 text-accent hover:bg-sunken aria-[current]:bg-sunken aria-[current]:font-semibold aria-[current]:text-ink"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
