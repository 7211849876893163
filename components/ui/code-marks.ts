/**
 * Marks over a text without any element for them: the CSS Custom Highlight API. A browser that lacks it shows plain text.
 * CSS Custom Highlight API Module Level 1.
 * @module
 */
import { textChange } from './text-change';

/** The highlights that `globals.css` gives a look, the later ones painted over the earlier. */
const NAMES = [
  'code-name',
  'code-quiet',
  'code-reference',
  'code-info',
  'code-warning',
  'code-danger',
] as const;
export type CodeMarkName = (typeof NAMES)[number];

export type CodeMark = { name: CodeMarkName; start: number; end: number };

/** Paints marks over a text node; they move with the text around them. Call what is returned to take them away. */
export function paintMarks(text: Text, marks: readonly CodeMark[]): () => void {
  if (typeof Highlight === 'undefined' || CSS.highlights === undefined) return () => {};
  const length = text.data.length;
  const painted = marks.flatMap(({ name, start, end }): [Highlight, Range][] => {
    if (start < 0 || end > length || start >= end) return [];
    const range = document.createRange();
    range.setStart(text, start);
    range.setEnd(text, end);
    return [[highlightOf(name), range]];
  });
  for (const [highlight, range] of painted) highlight.add(range);
  return () => {
    for (const [highlight, range] of painted) highlight.delete(range);
  };
}

/** Changes a text node where it differs and nowhere else, so that marks and the browser's layout beside it stay. */
export function changeText(text: Text, after: string): void {
  const { start, beforeEnd, afterEnd } = textChange(text.data, after);
  if (text.data !== after) text.replaceData(start, beforeEnd - start, after.slice(start, afterEnd));
}

function highlightOf(name: CodeMarkName): Highlight {
  const known = CSS.highlights.get(name);
  if (known !== undefined) return known;
  const made = new Highlight();
  made.priority = NAMES.indexOf(name);
  CSS.highlights.set(name, made);
  return made;
}
