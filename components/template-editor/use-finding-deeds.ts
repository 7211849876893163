'use client';

import { useMemo, useRef } from 'react';
import { rangesInConfigText } from '@/lib/provisioning/document/config-text';
import type { Creations } from './create-missing-dialog';
import type { EditorAct } from './editor-state';
import type { FindingDeeds } from './finding-entry';
import type { MissingName } from './missing-name';
import type { Findings } from './use-findings';
import type { Views } from './use-views';

type Around = {
  findings: Findings;
  /** The registration config as it is shown. */
  config: string;
  views: Views;
  dispatch: (deed: EditorAct) => void;
  creations: Creations;
  setMissing: (missing: MissingName) => void;
};

/** What can be done about a finding. The same object at every key: it looks at the newest state when something is done. */
export function useFindingDeeds(around: Around): FindingDeeds {
  const newest = useRef(around);
  newest.current = around;
  const { dispatch, setMissing, creations } = around;
  const { createNamed, createPolicy } = creations;
  return useMemo(
    () => ({
      canCreate: ({ kind }) => (kind === 'policy' ? createPolicy : createNamed) !== undefined,
      onCreate: setMissing,
      onFix({ fix }) {
        if (fix === undefined) return;
        dispatch({ kind: 'fix', fix });
      },
      onShow(index, view) {
        const { findings, config, views } = newest.current;
        const finding = findings.all[index];
        if (finding === undefined) return;
        if (view === 'visual') return views.showInDrawing(finding, finding.written);
        const { range } = finding;
        const at = range === undefined || view === 'template' ? range : rangesInConfigText(config)(range);
        if (at !== undefined) views.showInText(finding, view, at);
      },
    }),
    [dispatch, setMissing, createNamed, createPolicy],
  );
}
