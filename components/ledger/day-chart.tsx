import { niceMaximum } from './nice-maximum';

type DayChartProps = {
  /** Says what is drawn, in one sentence; the numbers stand in a table beside it. */
  label: string;
  /** Oldest first; `title` is shown to who points at the bar. */
  days: readonly { day: string; count: number; title: string }[];
  /** What stands below the first and the last bar. */
  ends: { first: string; last: string };
};

/** In the chart's own units; the picture scales with the page. */
const WIDTH = 640;
const HEIGHT = 160;
const TOP = 8;
const LEFT = 44;
const LINES = [0, 0.5, 1];

/** A bar per day. */
export function DayChart({ label, days, ends }: DayChartProps) {
  const maximum = niceMaximum(Math.max(0, ...days.map(({ count }) => count)));
  const step = (WIDTH - LEFT) / days.length;
  const heightOf = (count: number) => (count / maximum) * (HEIGHT - TOP);
  return (
    <figure className="flex flex-col gap-1">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 1}`}
        role="img"
        aria-label={label}
        className="h-auto w-full max-w-4xl"
      >
        {LINES.map((share) => {
          const y = HEIGHT - share * (HEIGHT - TOP);
          return (
            <g key={share} aria-hidden>
              <line x1={LEFT} x2={WIDTH} y1={y} y2={y} className="stroke-line" />
              <text
                x={LEFT - 6}
                y={y}
                textAnchor="end"
                dominantBaseline={share === 0 ? 'auto' : 'middle'}
                className="fill-ink-muted text-[11px] tabular-nums"
              >
                {maximum * share}
              </text>
            </g>
          );
        })}
        {days.map(({ day, count, title }, index) => (
          <g key={day} aria-hidden>
            <title>{title}</title>
            {/* All of the column can be pointed at, however low its bar is. */}
            <rect x={LEFT + index * step} y={0} width={step} height={HEIGHT} className="fill-transparent" />
            <rect
              x={LEFT + index * step + step * 0.15}
              y={HEIGHT - heightOf(count)}
              width={step * 0.7}
              height={heightOf(count)}
              className="fill-accent"
            />
          </g>
        ))}
      </svg>
      <figcaption aria-hidden className="flex max-w-4xl justify-between pl-[7%] text-xs text-ink-muted">
        <span>{ends.first}</span>
        <span>{ends.last}</span>
      </figcaption>
    </figure>
  );
}
