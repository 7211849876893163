import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

type DisclosureProps = { summary: ReactNode; children: ReactNode; isInitiallyOpen?: boolean };

/** Something that is there for who asks. The browser's own element: it works without script. */
export function Disclosure({ summary, children, isInitiallyOpen = false }: DisclosureProps) {
  return (
    <details open={isInitiallyOpen} className="group min-w-0">
      <summary className="inline-flex min-h-6 list-none items-center gap-1 rounded-sm text-sm font-medium text-accent hover:text-accent-strong [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-90" />
        {summary}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}
