import type { Route } from 'next';
import { CountBars } from '@/components/ui/count-bars';

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

/** How many came how far: each stage against the first. */
export function Funnel({ label, stages, href }: FunnelProps) {
  return (
    <CountBars
      label={label}
      whole={stages[0]?.count ?? 0}
      bars={stages.map((stage) => ({ ...stage, href }))}
    />
  );
}
