'use client';

import { useCallback, useMemo, useReducer } from 'react';
import { openText } from '@/lib/provisioning/document/editor-text';
import type { EditorOpening } from './editor-port';
import { act, type EditorAct, type EditorState, startEditor, type TemplateEdit } from './editor-state';
import { type ReadText, readText } from './read-text';
import { useKeptSame } from './use-kept-same';

export type EditTemplate = (edit: TemplateEdit, field?: string) => void;

export type Editor = {
  state: EditorState;
  /** Read in the same frame as the key: reading and drawing once costs less than drawing the key first and the rest after it. */
  read: ReadText;
  dispatch: (deed: EditorAct) => void;
  edit: EditTemplate;
};

/** The editor of one document: what is in it, and the ways to change it. */
export function useEditor(opening: EditorOpening): Editor {
  const [state, dispatch] = useReducer(act, opening, (first) => startEditor(openText(first)));
  const text = state.history.present;
  const fresh = useMemo(() => readText(text), [text]);
  const visual = useKeptSame(fresh.visual);
  const read = useMemo(() => ({ ...fresh, visual }), [fresh, visual]);
  const edit = useCallback<EditTemplate>(
    (change, field) => dispatch({ kind: 'edit', edit: change, field, atMs: performance.now() }),
    [],
  );
  return { state, read, dispatch, edit };
}
