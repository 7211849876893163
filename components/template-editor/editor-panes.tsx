'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { RoleFacts } from '@/components/template/role-facts';
import { classNames } from '@/components/ui/class-names';
import { Disclosure } from '@/components/ui/disclosure';
import { compactJson } from '@/lib/policy/json-layout';
import { rangesInConfigText } from '@/lib/provisioning/document/config-text';
import { type EditorText, shownText } from '@/lib/provisioning/document/editor-text';
import type { ProvisioningRoleFacts } from '@/lib/registry/provisioning-role';
import { CreateMissingDialog, type Creations } from './create-missing-dialog';
import type { EditorPlace, EditorSubject } from './editor-port';
import type { EditorAct } from './editor-state';
import type { FindingView, PlacedFinding } from './finding-key';
import { FindingsPanel } from './findings-panel';
import type { MissingName } from './missing-name';
import { OutputsView } from './outputs-view';
import type { ReadText } from './read-text';
import { startingDocument } from './start-text';
import { TextView } from './text-view';
import type { Views } from './use-views';
import { VisualView } from './visual-view';

type EditorPanesProps = {
  views: Views;
  text: EditorText;
  read: ReadText;
  findings: readonly PlacedFinding[];
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
  const hasDrawing = isBeside || view === 'visual';
  const dropBroken = () => dispatch({ kind: 'drop-broken' });

  function show(finding: PlacedFinding, where: FindingView) {
    if (where === 'visual') return views.showInDrawing(finding, finding.written);
    const { range } = finding;
    const at =
      range === undefined || where === 'template'
        ? range
        : rangesInConfigText(shownText(text, 'config'))(range);
    if (at !== undefined) views.showInText(finding, where, at);
  }

  function fix({ fix: mend }: PlacedFinding) {
    if (mend === undefined) return;
    if (mend.kind === 'compact') dispatch({ kind: 'lay-out', body: compactJson(text.body) });
    else dispatch({ kind: 'fix', edits: mend.edits });
  }

  return (
    <div
      className={classNames(
        'grid min-w-0 grid-cols-1 gap-4',
        isBeside && 'grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]!',
      )}
    >
      {hasDrawing ? (
        <VisualView
          read={read}
          role={{
            accountId: place.accountId,
            onChange: (arn) => dispatch({ kind: 'role', arn, atMs: performance.now() }),
            facts: props.roleFacts && <SeenRole facts={props.roleFacts} />,
          }}
          openPolicy={props.openPolicy}
          onOpenPolicy={props.onOpenPolicy}
          blankDocument={() => startingDocument(place)}
          onDropBroken={dropBroken}
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
            findings={findings}
            onType={(typed) => dispatch({ kind: 'type', view, text: typed, atMs: performance.now() })}
            onDropBroken={dropBroken}
            handle={views.code}
          />
        )}
        <FindingsPanel
          findings={findings}
          text={shownText(read.text, 'template')}
          shown={views.shown}
          canCreate={({ kind }) =>
            (kind === 'policy' ? creations.createPolicy : creations.createNamed) !== undefined
          }
          onCreate={setMissing}
          onFix={fix}
          onShow={show}
        />
      </div>
      {missing === undefined ? null : (
        <CreateMissingDialog
          {...creations}
          missing={missing}
          place={place}
          onClose={() => setMissing(undefined)}
          onDone={props.onCreated}
        />
      )}
    </div>
  );
}

function SeenRole({ facts }: { facts: ProvisioningRoleFacts }) {
  const t = useTranslations('editor.role');
  return (
    <Disclosure summary={t(facts.kind === 'seen' && facts.trust.kind === 'trusted' ? 'seen' : 'doubtful')}>
      <RoleFacts facts={facts} />
    </Disclosure>
  );
}
