/**
 * Marks over a text without any element for them: the CSS Custom Highlight API. A browser that lacks it shows plain text.
 * CSS Custom Highlight API Module Level 1.
 * @module
 */

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

/** Paints marks over a text node; call what is returned to take them away. */
export function paintMarks(text: Text, marks: readonly CodeMark[]): () => void {
  if (typeof Highlight === 'undefined' || CSS.highlights === undefined) return () => {};
  const length = text.data.length;
  const painted = marks.flatMap(({ name, start, end }): [Highlight, AbstractRange][] => {
    if (start < 0 || end > length || start >= end) return [];
    // A static range costs nothing when the text changes; the marks are painted anew then.
    const range = new StaticRange({
      startContainer: text,
      startOffset: start,
      endContainer: text,
      endOffset: end,
    });
    return [[highlightOf(name), range]];
  });
  for (const [highlight, range] of painted) highlight.add(range);
  return () => {
    for (const [highlight, range] of painted) highlight.delete(range);
  };
}

function highlightOf(name: CodeMarkName): Highlight {
  const known = CSS.highlights.get(name);
  if (known !== undefined) return known;
  const made = new Highlight();
  made.priority = NAMES.indexOf(name);
  CSS.highlights.set(name, made);
  return made;
}
