import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { TONE_EDGE, type Tone } from './tone';
import { ToneIcon } from './tone-icon';

type NoticeProps = {
  tone: Tone;
  /** The sentence that matters. */
  title: ReactNode;
  children?: ReactNode;
  /** `alert` interrupts a screen reader, `status` waits, none is static text. */
  role?: 'alert' | 'status';
};

/** A boxed message inside a page. */
export function Notice({ tone, title, children, role }: NoticeProps) {
  return (
    <div
      role={role}
      className={classNames(
        'flex gap-2.5 rounded-md border border-l-4 bg-surface p-3 text-sm',
        TONE_EDGE[tone],
      )}
    >
      <ToneIcon tone={tone} className="mt-0.5 size-4" />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
    </div>
  );
}
