/**
 * Names by a pattern with ranges: `pump-{0001..5000}`, `{A,B}-{1..20}`. As in a shell, without its other expansions.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import { BATCH_DEVICES_MAX } from './bounds';

/** Several times the longest common name: what a person types. */
export const PATTERN_CHARACTERS_MAX = 256;

/** `at` gives the name with this index; names are never all in memory. The last range runs fastest. */
export type NamePattern = { count: number; at(index: number): string };

/** `position` counts characters from 0. */
export type PatternFault =
  | { kind: 'pattern-empty' }
  | { kind: 'pattern-too-long'; characters: number; charactersMax: number }
  | { kind: 'pattern-brace-open'; position: number }
  | { kind: 'pattern-brace-close'; position: number }
  /** Neither `from..to` with whole numbers nor words with commas between them. */
  | { kind: 'pattern-range'; position: number; text: string }
  | { kind: 'pattern-range-backwards'; position: number; text: string }
  /** `{a,a}` would make two devices of one name. */
  | { kind: 'pattern-word-twice'; position: number; text: string }
  | { kind: 'pattern-too-many'; count: number; countMax: number };

type Segment = { count: number; at(index: number): string };

export function readPattern(pattern: string): Result<NamePattern, PatternFault> {
  if (pattern.trim() === '') return fail({ kind: 'pattern-empty' });
  if (pattern.length > PATTERN_CHARACTERS_MAX) {
    return fail({
      kind: 'pattern-too-long',
      characters: pattern.length,
      charactersMax: PATTERN_CHARACTERS_MAX,
    });
  }
  const segments: Segment[] = [];
  for (let at = 0; at < pattern.length; ) {
    const open = pattern.indexOf('{', at);
    const literal = pattern.slice(at, open < 0 ? undefined : open);
    const stray = literal.indexOf('}');
    if (stray >= 0) return fail({ kind: 'pattern-brace-close', position: at + stray });
    if (literal !== '') segments.push({ count: 1, at: () => literal });
    if (open < 0) break;
    const close = pattern.indexOf('}', open);
    const inner = pattern.slice(open + 1, close);
    if (close < 0 || inner.includes('{')) return fail({ kind: 'pattern-brace-open', position: open });
    const segment = readBraces(inner, open);
    if (!segment.ok) return segment;
    segments.push(segment.value);
    at = close + 1;
  }
  const count = segments.reduce((product, segment) => product * segment.count, 1);
  if (count > BATCH_DEVICES_MAX)
    return fail({ kind: 'pattern-too-many', count, countMax: BATCH_DEVICES_MAX });
  return ok({ count, at: (index) => nameAt(segments, index) });
}

function readBraces(text: string, position: number): Result<Segment, PatternFault> {
  const range = /^(\d{1,15})\.\.(\d{1,15})$/.exec(text);
  if (range) return numbers(range[1] ?? '', range[2] ?? '', { text, position });
  const words = text.split(',').map((word) => word.trim());
  if (words.length < 2 || words.includes('')) return fail({ kind: 'pattern-range', position, text });
  if (new Set(words).size < words.length) return fail({ kind: 'pattern-word-twice', position, text });
  return ok({ count: words.length, at: (index) => words[index] ?? '' });
}

/** `0001..5000` keeps its width, `1..5000` does not pad: a leading zero is what asks for it. */
function numbers(
  from: string,
  to: string,
  where: { text: string; position: number },
): Result<Segment, PatternFault> {
  const first = Number(from);
  const last = Number(to);
  if (last < first) return fail({ kind: 'pattern-range-backwards', ...where });
  const isPadded = [from, to].some((each) => each.length > 1 && each.startsWith('0'));
  const width = isPadded ? Math.max(from.length, to.length) : 0;
  return ok({ count: last - first + 1, at: (index) => String(first + index).padStart(width, '0') });
}

function nameAt(segments: readonly Segment[], index: number): string {
  let rest = index;
  let name = '';
  for (const segment of segments.toReversed()) {
    name = segment.at(rest % segment.count) + name;
    rest = Math.floor(rest / segment.count);
  }
  return name;
}
