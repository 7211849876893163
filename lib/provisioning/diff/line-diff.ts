/**
 * Two texts, line by line: which lines stay, go and come. The longest common subsequence.
 * @module
 */

export type DiffLine = {
  kind: 'same' | 'removed' | 'added';
  text: string;
  /** From 1, in the text that has the line; a line that stays has both. */
  before: number | undefined;
  after: number | undefined;
};

/**
 * Cells of the table that finds the common lines: 8 MB, filled within a frame or two. Two laid-out templates of 10 240
 * characters have some 400 lines each; beyond the bound the part that differs is shown as replaced whole.
 */
const CELLS_MAX = 4_000_000;

/** The lines of both texts in one order. Lines that are equal at the beginning and at the end are never looked at twice. */
export function diffLines(before: string, after: string): DiffLine[] {
  const old = before === '' ? [] : before.split('\n');
  const fresh = after === '' ? [] : after.split('\n');
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  const shorter = Math.min(old.length, fresh.length);
  while (tail < shorter - head && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail += 1;

  const lines: DiffLine[] = [];
  const same = (count: number, oldFrom: number, freshFrom: number) => {
    for (let index = 0; index < count; index += 1) {
      const text = old[oldFrom + index] ?? '';
      lines.push({ kind: 'same', text, before: oldFrom + index + 1, after: freshFrom + index + 1 });
    }
  };
  same(head, 0, 0);
  const middle = {
    old: old.slice(head, old.length - tail),
    fresh: fresh.slice(head, fresh.length - tail),
  };
  lines.push(...diffMiddle(middle.old, middle.fresh, head));
  same(tail, old.length - tail, fresh.length - tail);
  return lines;
}

function diffMiddle(old: readonly string[], fresh: readonly string[], offset: number): DiffLine[] {
  const removed = (index: number): DiffLine => ({
    kind: 'removed',
    text: old[index] ?? '',
    before: offset + index + 1,
    after: undefined,
  });
  const added = (index: number): DiffLine => ({
    kind: 'added',
    text: fresh[index] ?? '',
    before: undefined,
    after: offset + index + 1,
  });
  const width = fresh.length + 1;
  if ((old.length + 1) * width > CELLS_MAX) {
    return [...old.map((_, index) => removed(index)), ...fresh.map((_, index) => added(index))];
  }

  // `common[i * width + j]`: how many lines `old` from i and `fresh` from j have in common.
  const common = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      lines.push({ kind: 'same', text: old[i] ?? '', before: offset + i + 1, after: offset + j + 1 });
      i += 1;
      j += 1;
    } else if (j === fresh.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push(removed(i));
      i += 1;
    } else {
      lines.push(added(j));
      j += 1;
    }
  }
  return lines;
}
