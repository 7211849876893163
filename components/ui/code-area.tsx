'use client';

import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { classNames } from './class-names';
import { type CodeMark, changeText, paintMarks } from './code-marks';
import { textChange } from './text-change';
import { useColours } from './use-colours';

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
  /** What is given a colour: it follows when the typing pauses. The same function at every render. */
  colour: (text: string) => readonly CodeMark[];
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
  colour,
  isReadOnly = false,
  isInvalid = false,
  describedBy,
  handle,
}: CodeAreaProps) {
  const frame = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const copy = useRef<HTMLPreElement>(null);
  const own = useRef(value);
  // React draws the copy once; from then on it is changed in place.
  const [first] = useState(value);

  // A value that was not typed here (an undo, a fix) leaves the caret where it changed the text, not at the end.
  useLayoutEffect(() => {
    const before = own.current;
    own.current = value;
    if (before === value || document.activeElement !== area.current) return;
    const at = textChange(before, value).afterEnd;
    area.current?.setSelectionRange(at, at);
  }, [value]);

  useLayoutEffect(() => {
    const text = textOf(copy.current);
    // A line break at the very end has a line of its own in a text field only.
    if (text !== undefined) changeText(text, `${value}\n`);
  }, [value]);

  useEffect(() => {
    const text = textOf(copy.current);
    return text && paintMarks(text, marks);
  }, [marks]);

  useColours(frame, copy, value, colour);

  useImperativeHandle(handle, () => ({
    reveal({ start, end }) {
      area.current?.focus({ preventScroll: true });
      area.current?.setSelectionRange(start, end);
      const text = textOf(copy.current);
      if (text !== undefined) scrollTo(frame.current, text, start);
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
        {`${first}\n`}
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

function textOf(copy: HTMLElement | null): Text | undefined {
  return copy?.firstChild instanceof Text ? copy.firstChild : undefined;
}

function scrollTo(frame: HTMLElement | null, text: Text, offset: number): void {
  if (frame === null) return;
  const range = document.createRange();
  range.setStart(text, Math.min(offset, text.length));
  range.collapse(true);
  const from = range.getBoundingClientRect().top - frame.getBoundingClientRect().top;
  frame.scrollTop += from - frame.clientHeight / 3;
  frame.scrollIntoView({ block: 'nearest' });
}
