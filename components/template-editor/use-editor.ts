'use client';

import { useCallback, useDeferredValue, useMemo, useReducer } from 'react';
import { openText } from '@/lib/provisioning/document/editor-text';
import type { EditorOpening } from './editor-port';
import { act, type EditorAct, type EditorState, startEditor, type TemplateEdit } from './editor-state';
import { type ReadText, readText } from './read-text';
import { useKeptSame } from './use-kept-same';

export type EditTemplate = (edit: TemplateEdit, field?: string) => void;

export type Editor = {
  state: EditorState;
  /** Follows what is typed as soon as there is time for it. */
  read: ReadText;
  dispatch: (deed: EditorAct) => void;
  edit: EditTemplate;
};

/** The editor of one document: what is in it, and the ways to change it. */
export function useEditor(opening: EditorOpening): Editor {
  const [state, dispatch] = useReducer(act, opening, (first) => startEditor(openText(first)));
  const text = useDeferredValue(state.history.present);
  const fresh = useMemo(() => readText(text), [text]);
  const visual = useKeptSame(fresh.visual);
  const read = useMemo(() => ({ ...fresh, visual }), [fresh, visual]);
  const edit = useCallback<EditTemplate>(
    (change, field) => dispatch({ kind: 'edit', edit: change, field, atMs: performance.now() }),
    [],
  );
  return { state, read, dispatch, edit };
}
