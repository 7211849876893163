import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { TONE_SOFT, type Tone } from './tone';

/** A short mark beside a name, such as "self-signed". */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1 rounded-sm px-1.5 py-px text-xs font-medium whitespace-nowrap',
        TONE_SOFT[tone],
      )}
    >
      {children}
    </span>
  );
}
