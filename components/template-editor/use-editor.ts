'use client';

import { useCallback, useDeferredValue, useMemo, useReducer } from 'react';
import { openText } from '@/lib/provisioning/document/editor-text';
import type { TemplateLintContext } from '@/lib/provisioning/lint/lint-template';
import { type Analysis, analyse } from './analyse';
import type { EditorOpening } from './editor-port';
import { act, type EditorAct, type EditorState, startEditor, type TemplateEdit } from './editor-state';

export type EditTemplate = (edit: TemplateEdit, field?: string) => void;

export type Editor = {
  state: EditorState;
  /** Follows what is typed as soon as there is time for it. */
  analysis: Analysis;
  dispatch: (deed: EditorAct) => void;
  edit: EditTemplate;
};

/** The editor of one document: what is in it, what is to be said of it, and the ways to change it. */
export function useEditor(opening: EditorOpening, context: TemplateLintContext): Editor {
  const [state, dispatch] = useReducer(act, opening, (first) => startEditor(openText(first)));
  const text = useDeferredValue(state.history.present);
  const analysis = useMemo(() => analyse(text, context), [text, context]);
  const edit = useCallback<EditTemplate>(
    (change, field) => dispatch({ kind: 'edit', edit: change, field, atMs: performance.now() }),
    [],
  );
  return { state, analysis, dispatch, edit };
}
