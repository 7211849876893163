export type FunnelStage = { label: string; count: number };

/** How many came how far: each stage as a bar against the first. The numbers say the same as the bars. */
export function Funnel({ label, stages }: { label: string; stages: readonly FunnelStage[] }) {
  const whole = stages[0]?.count ?? 0;
  return (
    <ol aria-label={label} className="flex flex-col gap-1.5">
      {stages.map((stage) => (
        <li
          key={stage.label}
          className="grid grid-cols-[minmax(7rem,11rem)_1fr_3.5rem] items-center gap-3 text-sm"
        >
          <span className="text-ink-muted">{stage.label}</span>
          <span aria-hidden className="h-3 overflow-hidden rounded-sm bg-sunken">
            <span
              className="block h-full bg-accent"
              style={{ width: whole === 0 ? '0%' : `${(100 * stage.count) / whole}%` }}
            />
          </span>
          <span className="text-right font-medium tabular-nums">{stage.count}</span>
        </li>
      ))}
    </ol>
  );
}
