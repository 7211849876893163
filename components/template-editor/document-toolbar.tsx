'use client';

import { type ReactNode, useCallback, useState } from 'react';
import { layOutJson } from '@/lib/policy/json-layout';
import type { EditorPlace } from './editor-port';
import type { Arrangement, EditorAct, EditorState } from './editor-state';
import { EditorToolbar, type StartKind } from './editor-toolbar';
import { PasteDialog } from './paste-dialog';
import { startingBody } from './start-text';
import type { Views } from './use-views';

type DocumentToolbarProps = {
  views: Views;
  state: EditorState;
  dispatch: (deed: EditorAct) => void;
  place: EditorPlace;
  /** Saving and the like. */
  children?: ReactNode;
};

/** The toolbar, tied to the document. */
export function DocumentToolbar({ views, state, dispatch, place, children }: DocumentToolbarProps) {
  const [isPasting, setIsPasting] = useState(false);
  const { past, present, future } = state.history;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <EditorToolbar
        views={views}
        canUndo={past.length > 0}
        canRedo={future.length > 0}
        isBroken={present.broken !== undefined}
        onUndo={useCallback(() => dispatch({ kind: 'undo' }), [dispatch])}
        onRedo={useCallback(() => dispatch({ kind: 'redo' }), [dispatch])}
        onStart={useCallback(
          (kind: StartKind) =>
            dispatch({ kind: 'take', body: startingBody(kind, place), roleArn: undefined }),
          [dispatch, place],
        )}
        onPaste={useCallback(() => setIsPasting(true), [])}
        onArrange={useCallback(
          (arrangement: Arrangement) => dispatch({ kind: 'arrange', arrangement }),
          [dispatch],
        )}
      />
      {children === undefined ? null : <div className="ml-auto flex flex-wrap gap-2">{children}</div>}
      {isPasting ? (
        <PasteDialog
          onClose={() => setIsPasting(false)}
          onTake={({ templateBody, roleArn }) =>
            dispatch({ kind: 'take', body: layOutJson(templateBody), roleArn })
          }
        />
      ) : null}
    </div>
  );
}
