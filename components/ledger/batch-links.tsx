import Link from 'next/link';
import { batchHref } from './ledger-href';

/** Batches by the first digits of their ids. */
export function BatchLinks({ environment, batches }: { environment: string; batches: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-x-3">
      {batches.map((batch) => (
        <Link
          key={batch}
          href={batchHref(environment, batch)}
          title={batch}
          className="link inline-flex min-h-6 items-center font-mono"
        >
          {batch.slice(0, 8)}
        </Link>
      ))}
    </span>
  );
}
