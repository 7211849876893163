'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { type CodeMark, paintMarks } from './code-marks';

/** Longer than between two keys of somebody who types, or two steps of a wheel; our choice. */
const COLOUR_DELAY_MS = 150;
/** Of a screen, above and below what is in view. */
const MARGIN = 0.1;

/**
 * Colours the part of a code text that is in view. Every mark costs the browser at every key,
 * and a long text has thousands. While one types or scrolls the old ones move along.
 */
export function useColours(
  frame: RefObject<HTMLElement | null>,
  copy: RefObject<HTMLElement | null>,
  value: string,
  colour: (text: string) => readonly CodeMark[],
): void {
  const takeAway = useRef(() => {});
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const paint = () => {
      takeAway.current();
      const text = copy.current?.firstChild;
      if (!(text instanceof Text) || frame.current === null) return;
      const { top, height } = frame.current.getBoundingClientRect();
      const from = offsetAt(text, top - height * MARGIN);
      const to = offsetAt(text, top + height * (1 + MARGIN));
      const inView = colour(value).filter(({ start, end }) => end > from && start < to);
      takeAway.current = paintMarks(text, inView);
    };
    const request = () => {
      clearTimeout(timer);
      timer = setTimeout(paint, COLOUR_DELAY_MS);
    };
    request();
    const scrolled = frame.current;
    scrolled?.addEventListener('scroll', request, { passive: true });
    return () => {
      clearTimeout(timer);
      scrolled?.removeEventListener('scroll', request);
    };
  }, [frame, copy, value, colour]);
  useEffect(() => () => takeAway.current(), []);
}

/** The first character at or below a height of the window. */
function offsetAt(text: Text, y: number): number {
  const range = document.createRange();
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    range.setStart(text, middle);
    range.setEnd(text, middle + 1);
    const [box] = range.getClientRects();
    // What has no box, a line break in some browsers, counts to what is before it.
    if (box === undefined || box.top < y) low = middle + 1;
    else high = middle;
  }
  return low;
}
