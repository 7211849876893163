import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { TONE_TEXT, type Tone } from './tone';
import { ToneIcon } from './tone-icon';

type StatusBadgeProps = {
  tone: Tone;
  /** The plain word, e.g. "Active". */
  children: ReactNode;
  /** The word of the service behind it, shown in brackets, e.g. "PENDING_ACTIVATION". */
  code?: string | undefined;
};

/** A state as icon, word and colour. */
export function StatusBadge({ tone, children, code }: StatusBadgeProps) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5 align-bottom">
      {/* The icon never stands on a line of its own. */}
      <span className={classNames('inline-flex items-center gap-1.5 font-medium', TONE_TEXT[tone])}>
        <ToneIcon tone={tone} />
        <span>{children}</span>
      </span>
      {code === undefined ? null : <span className="text-xs text-ink-muted">({code})</span>}
    </span>
  );
}
