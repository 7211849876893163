'use client';

import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { classNames } from './class-names';
import { type CodeMark, paintMarks } from './code-marks';
import { changedEnd } from './text-change';

export type CodeAreaHandle = {
  /** Selects a range, scrolls to it and takes the focus. */
  reveal: (range: { start: number; end: number }) => void;
};

type CodeAreaProps = {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** Kept between renders where they do not change: they are painted anew when they are another list. */
  marks: readonly CodeMark[];
  isReadOnly?: boolean;
  isInvalid?: boolean;
  describedBy?: string | undefined;
  handle?: Ref<CodeAreaHandle>;
};

/**
 * Several lines of code with marks in them. The text field is the browser's own, so that keyboard, input methods and screen
 * readers work as everywhere; the marks are painted on a copy of the text right below it.
 */
export function CodeArea({
  label,
  value,
  onChange,
  marks,
  isReadOnly = false,
  isInvalid = false,
  describedBy,
  handle,
}: CodeAreaProps) {
  const frame = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const copy = useRef<HTMLPreElement>(null);
  const own = useRef(value);

  // A value that was not typed here (an undo, a fix) leaves the caret where it changed the text, not at the end.
  useLayoutEffect(() => {
    const before = own.current;
    own.current = value;
    if (before === value || document.activeElement !== area.current) return;
    const at = changedEnd(before, value);
    area.current?.setSelectionRange(at, at);
  }, [value]);

  useEffect(() => {
    const text = copy.current?.firstChild;
    return text instanceof Text && text.data.length > value.length ? paintMarks(text, marks) : undefined;
  }, [value, marks]);

  useImperativeHandle(handle, () => ({
    reveal({ start, end }) {
      area.current?.focus({ preventScroll: true });
      area.current?.setSelectionRange(start, end);
      const text = copy.current?.firstChild;
      if (text instanceof Text) scrollTo(frame.current, text, start);
    },
  }));

  return (
    <div
      ref={frame}
      className={classNames(
        'grid max-h-[34rem] min-h-48 overflow-x-hidden overflow-y-auto rounded-md border bg-surface focus-within:outline-2 focus-within:outline-accent',
        isInvalid ? 'border-danger' : 'border-line-strong',
      )}
    >
      <pre ref={copy} aria-hidden className={classNames(TEXT, 'pointer-events-none text-ink select-none')}>
        {/* A line break at the very end has a line of its own in a text field only. */}
        {`${value}\n`}
      </pre>
      <textarea
        ref={area}
        aria-label={label}
        aria-invalid={isInvalid}
        aria-describedby={describedBy}
        readOnly={isReadOnly}
        value={value}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        autoComplete="off"
        onChange={({ target }) => {
          own.current = target.value;
          onChange(target.value);
        }}
        className={classNames(
          TEXT,
          'resize-none overflow-hidden bg-transparent text-transparent caret-ink outline-none',
        )}
      />
    </div>
  );
}

/** Both texts have to break their lines at the same places. */
const TEXT = '[grid-area:1/1] m-0 min-w-0 p-3 font-mono text-xs/5 break-all whitespace-pre-wrap';

function scrollTo(frame: HTMLElement | null, text: Text, offset: number): void {
  if (frame === null) return;
  const range = document.createRange();
  range.setStart(text, Math.min(offset, text.length));
  range.collapse(true);
  const from = range.getBoundingClientRect().top - frame.getBoundingClientRect().top;
  frame.scrollTop += from - frame.clientHeight / 3;
  frame.scrollIntoView({ block: 'nearest' });
}
