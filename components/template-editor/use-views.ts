'use client';

import { type RefObject, useCallback, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { CodeAreaHandle } from '@/components/ui/code-area';
import type { TextRange } from '@/lib/policy/json-tree';
import type { TemplateLint } from '@/lib/provisioning/lint/template-finding';
import { findingKey } from './finding-key';
import { revealFinding, revealPlace } from './reveal';
import type { EditorView } from './view-switch';

export type Views = {
  /** The drawing stands beside a text, where there is room for both. */
  isBeside: boolean;
  hasRoomForTwo: boolean;
  setBeside: (isBeside: boolean) => void;
  /** Beside the drawing: the text that is shown there. */
  view: EditorView;
  setView: (view: EditorView) => void;
  code: RefObject<CodeAreaHandle | null>;
  /** The finding that was asked for last. */
  shown: TemplateLint | undefined;
  showFinding: (finding: TemplateLint) => void;
  /** Leads to the place of a finding in one of the views. */
  showInText: (finding: TemplateLint, view: 'template' | 'config', range: TextRange) => void;
  showInDrawing: (finding: TemplateLint, written: string) => void;
};

/** Which views are seen, and the ways from a finding to its places. */
export function useViews(root: RefObject<HTMLElement | null>, hasRoomForTwo: boolean): Views {
  const [chosen, setView] = useState<EditorView>('visual');
  const [wantsBeside, setBeside] = useState(true);
  const [shown, setShown] = useState<TemplateLint | undefined>(undefined);
  const code = useRef<CodeAreaHandle | null>(null);
  const isBeside = wantsBeside && hasRoomForTwo;
  const view = isBeside && chosen === 'visual' ? 'template' : chosen;

  const showFinding = useCallback(
    (finding: TemplateLint) => {
      flushSync(() => setShown(finding));
      revealFinding(root.current, findingKey(finding));
    },
    [root],
  );
  const go = useCallback((finding: TemplateLint, to: EditorView) => {
    flushSync(() => {
      setShown(finding);
      setView(to);
    });
  }, []);
  return useMemo(
    () => ({
      isBeside,
      hasRoomForTwo,
      setBeside,
      view,
      setView,
      code,
      shown,
      showFinding,
      showInText(finding, to, range) {
        go(finding, to);
        code.current?.reveal(range);
      },
      showInDrawing(finding, written) {
        go(finding, 'visual');
        revealPlace(root.current, written);
      },
    }),
    [isBeside, hasRoomForTwo, view, shown, showFinding, go, root],
  );
}
