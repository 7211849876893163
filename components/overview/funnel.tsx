import type { Route } from 'next';
import Link from 'next/link';

type FunnelStage = {
  /** Also the React key. */
  label: string;
  count: number;
};

type FunnelProps = {
  label: string;
  stages: readonly FunnelStage[];
  /** The list that all stages are counted in. */
  href: Route;
};

/** How many came how far: each stage as a bar against the first. The numbers say the same as the bars. */
export function Funnel({ label, stages, href }: FunnelProps) {
  const whole = stages[0]?.count ?? 0;
  return (
    <ol aria-label={label} className="flex flex-col gap-1">
      {stages.map((stage) => (
        <li
          key={stage.label}
          className="grid min-h-6 grid-cols-[8.5rem_1fr_3.5rem] items-center gap-3 text-sm"
        >
          <span className="text-ink-muted">{stage.label}</span>
          <span aria-hidden className="h-3 overflow-hidden rounded-sm bg-sunken">
            <span
              className="block h-full bg-accent"
              style={{ width: whole === 0 ? '0%' : `${(100 * stage.count) / whole}%` }}
            />
          </span>
          <Link
            href={href}
            aria-label={`${stage.label}: ${stage.count}`}
            className="link min-w-6 justify-self-end text-right font-semibold tabular-nums"
          >
            {stage.count}
          </Link>
        </li>
      ))}
    </ol>
  );
}
