'use client';

import { type ReactNode, useState } from 'react';
import { compactJson, layOutJson } from '@/lib/policy/json-layout';
import { openText } from '@/lib/provisioning/document/editor-text';
import type { EditorPlace } from './editor-port';
import type { EditorAct, EditorState } from './editor-state';
import { EditorToolbar } from './editor-toolbar';
import { PasteDialog } from './paste-dialog';
import { startingText } from './start-text';
import type { Views } from './use-views';

type DocumentToolbarProps = {
  views: Views;
  state: EditorState;
  dispatch: (deed: EditorAct) => void;
  place: EditorPlace;
  children?: ReactNode;
};

/** The toolbar, tied to the document. */
export function DocumentToolbar({ views, state, dispatch, place, children }: DocumentToolbarProps) {
  const [isPasting, setIsPasting] = useState(false);
  const { past, present, future } = state.history;
  const open = (opening: { body: string; roleArn: string }) =>
    dispatch({ kind: 'open', text: openText(opening) });
  return (
    <>
      <EditorToolbar
        views={views}
        canUndo={past.length > 0}
        canRedo={future.length > 0}
        onUndo={() => dispatch({ kind: 'undo' })}
        onRedo={() => dispatch({ kind: 'redo' })}
        onStart={(kind) => open(startingText(kind, place, present.roleArn))}
        onPaste={() => setIsPasting(true)}
        onArrange={(arrangement) => {
          const arrange = arrangement === 'compact' ? compactJson : layOutJson;
          dispatch({ kind: 'lay-out', body: arrange(present.body) });
        }}
        isBroken={present.broken !== undefined}
      >
        {children}
      </EditorToolbar>
      <PasteDialog
        isOpen={isPasting}
        onClose={() => setIsPasting(false)}
        onTake={({ templateBody, roleArn }) =>
          open({ body: layOutJson(templateBody), roleArn: roleArn ?? present.roleArn })
        }
      />
    </>
  );
}
