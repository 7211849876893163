'use client';

import { useCallback, useState } from 'react';
import { classNames } from '@/components/ui/class-names';
import { type EditorText, shownText } from '@/lib/provisioning/document/editor-text';
import type { ProvisioningRoleFacts } from '@/lib/registry/provisioning-role';
import { CreateMissingDialog, type Creations } from './create-missing-dialog';
import type { EditorPlace, EditorSubject } from './editor-port';
import type { EditorAct } from './editor-state';
import { FindingsPanel } from './findings-panel';
import type { MissingName } from './missing-name';
import { OutputsView } from './outputs-view';
import type { ReadText } from './read-text';
import { TextView } from './text-view';
import { useFindingDeeds } from './use-finding-deeds';
import type { Findings } from './use-findings';
import type { Views } from './use-views';
import { VisualView } from './visual-view';

type EditorPanesProps = {
  views: Views;
  text: EditorText;
  read: ReadText;
  findings: Findings;
  dispatch: (deed: EditorAct) => void;
  place: EditorPlace;
  subject: EditorSubject;
  roleFacts: ProvisioningRoleFacts | undefined;
  openPolicy: string | undefined;
  onOpenPolicy: (logicalId: string | undefined) => void;
  creations: Creations;
  /** Something that was missing is there now. */
  onCreated: () => void;
};

/** The drawing and the texts, one of them or both beside each other, and the findings. */
export function EditorPanes(props: EditorPanesProps) {
  const { views, text, read, findings, dispatch, place, subject, creations } = props;
  const [missing, setMissing] = useState<MissingName | undefined>(undefined);
  const { isBeside, view } = views;
  const deeds = useFindingDeeds({ findings, config: text.config, views, dispatch, creations, setMissing });
  const dropBroken = useCallback(() => dispatch({ kind: 'drop-broken' }), [dispatch]);

  return (
    <div
      className={classNames(
        'grid min-w-0 grid-cols-1 items-start gap-4',
        isBeside && 'grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]!',
      )}
    >
      {isBeside || view === 'visual' ? (
        <VisualView
          read={read}
          place={place}
          roleFacts={props.roleFacts}
          openPolicy={props.openPolicy}
          onOpenPolicy={props.onOpenPolicy}
          dispatch={dispatch}
        />
      ) : null}
      <div className="flex min-w-0 flex-col gap-4">
        {view === 'visual' ? null : view === 'outputs' ? (
          <OutputsView
            subject={subject}
            body={read.text.body}
            roleArn={read.text.roleArn}
            cliTarget={place.cliTarget}
          />
        ) : (
          <TextView
            key={view}
            view={view}
            text={text}
            findings={findings.all}
            onType={(typed) => dispatch({ kind: 'type', view, text: typed, atMs: performance.now() })}
            onDropBroken={dropBroken}
            handle={views.code}
          />
        )}
        <FindingsPanel
          findings={findings}
          text={shownText(read.text, 'template')}
          shown={views.shown}
          deeds={deeds}
        />
      </div>
      {missing === undefined ? null : (
        <CreateMissingDialog
          createNamed={creations.createNamed}
          createPolicy={creations.createPolicy}
          missing={missing}
          place={place}
          onClose={() => setMissing(undefined)}
          onDone={props.onCreated}
        />
      )}
    </div>
  );
}
