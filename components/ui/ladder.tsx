import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { TimeAgo } from './time-ago';
import { TONE_EDGE, TONE_TEXT, type Tone } from './tone';
import { ToneIcon } from './tone-icon';

export type Rung = {
  id: string;
  title: string;
  tone: Tone;
  /** The state as a word: "Done", "Waiting". */
  word: string;
  /** When it was reached, ISO 8601. */
  at?: string | undefined;
  /** A sentence or a link. */
  detail?: ReactNode;
  /** The rung one stands on. */
  isCurrent?: boolean;
};

/** Steps one after the other, each with its state: a climb that one watches. */
export function Ladder({ label, rungs }: { label: string; rungs: readonly Rung[] }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {rungs.map((rung) => (
        <li key={rung.id} aria-current={rung.isCurrent ? 'step' : undefined} className="group flex gap-3">
          <span className="flex flex-col items-center">
            <span className={classNames('rounded-full border-2 bg-surface p-1', TONE_EDGE[rung.tone])}>
              <ToneIcon tone={rung.tone} />
            </span>
            <span className="w-0.5 flex-1 bg-line group-last:hidden" />
          </span>
          <div className="min-w-0 flex-1 pb-5 text-sm group-last:pb-0">
            <p className="flex min-h-7 flex-wrap items-center gap-x-2">
              <span className={rung.isCurrent ? 'font-semibold' : 'font-medium'}>{rung.title}</span>
              <span className={TONE_TEXT[rung.tone]}>{rung.word}</span>
              {rung.at === undefined ? null : (
                <span className="text-xs text-ink-muted">
                  <TimeAgo at={rung.at} />
                </span>
              )}
            </p>
            {rung.detail === undefined ? null : <div className="text-ink-muted">{rung.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
