/**
 * Which rows are picked, over the pages of a list.
 * @module
 */
import { ACT_SUBJECTS_MAX } from '@/lib/registry/act';
import type { ActSubject } from './act-run';

/** By id, in the order in which they were picked. */
export type Selection = ReadonlyMap<string, ActSubject>;

export const NOTHING_SELECTED: Selection = new Map();

/** With these as well, as far as one run may act on them. */
export function withAll(selection: Selection, subjects: readonly ActSubject[]): Selection {
  const all = new Map(selection);
  for (const subject of subjects) {
    if (all.size >= ACT_SUBJECTS_MAX && !all.has(subject.id)) break;
    all.set(subject.id, subject);
  }
  return all;
}

export function without(selection: Selection, ids: readonly string[]): Selection {
  const gone = new Set(ids);
  return new Map([...selection].filter(([id]) => !gone.has(id)));
}

/**
 * Picks one row, or takes it back; with an anchor (the row that was pressed before) all rows between the two follow.
 *
 * @param rows - the rows of the page in their order
 */
export function toggled(
  selection: Selection,
  rows: readonly ActSubject[],
  id: string,
  anchorId: string | undefined,
): Selection {
  const at = rows.findIndex((row) => row.id === id);
  const anchor = anchorId === undefined ? -1 : rows.findIndex((row) => row.id === anchorId);
  const from = anchor === -1 ? at : Math.min(at, anchor);
  const to = anchor === -1 ? at : Math.max(at, anchor);
  const range = rows.slice(from, to + 1);
  return selection.has(id)
    ? without(
        selection,
        range.map((row) => row.id),
      )
    : withAll(selection, range);
}
