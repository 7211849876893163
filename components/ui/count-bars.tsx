import type { Route } from 'next';
import Link from 'next/link';
import { classNames } from './class-names';
import { TONE_FILL, type Tone } from './tone';

export type CountBar = {
  /** Also the React key. */
  label: string;
  count: number;
  /** What stands for the count, such as "100+"; by default the count. */
  text?: string | undefined;
  /** The list that is counted. */
  href?: Route | undefined;
  tone?: Tone | undefined;
};

type CountBarsProps = {
  label: string;
  bars: readonly CountBar[];
  /** What a full bar stands for. */
  whole: number;
};

/** Counts as bars against a whole. The numbers say the same as the bars. */
export function CountBars({ label, bars, whole }: CountBarsProps) {
  return (
    <ol aria-label={label} className="flex flex-col gap-1">
      {bars.map(({ label: name, count, text = String(count), href, tone }) => (
        <li key={name} className="grid min-h-6 grid-cols-[8.5rem_1fr_4.5rem] items-center gap-3 text-sm">
          <span className="text-ink-muted">{name}</span>
          <span aria-hidden className="h-3 overflow-hidden rounded-sm bg-sunken">
            <span
              className={classNames('block h-full', tone === undefined ? 'bg-accent' : TONE_FILL[tone])}
              style={{ width: whole === 0 ? '0%' : `${(100 * count) / whole}%` }}
            />
          </span>
          {href === undefined ? (
            <span className="justify-self-end font-semibold tabular-nums">{text}</span>
          ) : (
            <Link
              href={href}
              aria-label={`${name}: ${text}`}
              className="link min-w-6 justify-self-end text-right font-semibold tabular-nums"
            >
              {text}
            </Link>
          )}
        </li>
      ))}
    </ol>
  );
}
