import { niceMaximum } from './nice-maximum';

type DayChartProps = {
  /** Says what is drawn, in one sentence; the numbers stand in a table beside it. */
  label: string;
  /** Oldest first; `title` is shown to who points at the bar. */
  days: readonly { day: string; count: number; title: string }[];
  /** What stands below the first and the last bar. */
  ends: { first: string; last: string };
};

/** In the picture's own units, which are stretched to the box; letters would be, too, so they stand beside it. */
const HEIGHT = 100;
const BAR_WIDTH = 0.7;
const LINES = [1, 0.5, 0];

/** A bar per day. */
export function DayChart({ label, days, ends }: DayChartProps) {
  const maximum = niceMaximum(Math.max(0, ...days.map(({ count }) => count)));
  const heightOf = (count: number) => (count / maximum) * HEIGHT;
  return (
    <figure className="grid max-w-4xl grid-cols-[auto_1fr] gap-x-2 gap-y-1 text-xs text-ink-muted">
      <div aria-hidden className="-my-2 flex flex-col justify-between text-right tabular-nums">
        {LINES.map((share) => (
          <span key={share}>{maximum * share}</span>
        ))}
      </div>
      <svg
        viewBox={`0 0 ${days.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
        className="h-40 w-full overflow-visible"
      >
        {LINES.map((share) => (
          <line
            key={share}
            x1={0}
            x2={days.length}
            y1={HEIGHT * (1 - share)}
            y2={HEIGHT * (1 - share)}
            vectorEffect="non-scaling-stroke"
            className="stroke-line"
          />
        ))}
        {days.map(({ day, count, title }, index) => (
          <g key={day}>
            <title>{title}</title>
            {/* All of the column can be pointed at, however low its bar is. */}
            <rect x={index} y={0} width={1} height={HEIGHT} className="fill-transparent" />
            <rect
              x={index + (1 - BAR_WIDTH) / 2}
              y={HEIGHT - heightOf(count)}
              width={BAR_WIDTH}
              height={heightOf(count)}
              className="fill-accent"
            />
          </g>
        ))}
      </svg>
      <figcaption aria-hidden className="col-start-2 flex justify-between">
        <span>{ends.first}</span>
        <span>{ends.last}</span>
      </figcaption>
    </figure>
  );
}
