/**
 * What of a JSON text is given a colour: names, references and variables, and the noise of escaping.
 * @module
 */
import type { CodeMark } from '@/components/ui/code-marks';

/**
 * Backslashes first, so that a name in three levels of escaping is still seen as one. A name begins where a word does:
 * tried at each of its letters, a long word would take the square of its length.
 */
const TOKENS =
  /(?<reference>AWS::IoT::[A-Za-z:]+|\$\{[\w:.]+\})|(?<quiet>\\+(?:u[0-9A-Fa-f]{4}|[bfnrt/"]?))|\b(?<name>[A-Za-z]\w*)(?=\\*"\s*:)/g;

/** The marks of a text, in order. */
export function codeTokens(text: string): CodeMark[] {
  const marks: CodeMark[] = [];
  for (const { index, 0: found, groups } of text.matchAll(TOKENS)) {
    const name =
      groups?.['reference'] !== undefined
        ? 'code-reference'
        : groups?.['quiet'] !== undefined
          ? 'code-quiet'
          : 'code-name';
    marks.push({ name, start: index, end: index + found.length });
  }
  return marks;
}
