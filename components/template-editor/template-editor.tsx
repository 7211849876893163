'use client';

import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react';
import { openText } from '@/lib/provisioning/document/editor-text';
import { DocumentToolbar } from './document-toolbar';
import { DraftNotice } from './draft-notice';
import { templateDraftKey } from './draft-storage';
import { type EditedDocument, editedDocument } from './edited-document';
import { WorkplaceProvider } from './editor-context';
import { EditorPanes } from './editor-panes';
import {
  type EditorCertificates,
  type EditorLookups,
  type EditorOpening,
  type EditorPlace,
  type EditorSubject,
  NO_LOOKUPS,
  subjectKey,
} from './editor-port';
import { OpenPolicy } from './open-policy';
import { referredNames } from './referred-names';
import { StatusStrip } from './status-strip';
import { useDraft } from './use-draft';
import { useEditor } from './use-editor';
import { useFindings } from './use-findings';
import { useIsWide } from './use-is-wide';
import { usePresence } from './use-names';
import { useRoleFacts } from './use-role-facts';
import { useShortcuts } from './use-shortcuts';
import { useViews } from './use-views';
import { useWorkplaceValue } from './use-workplace-value';

export type TemplateEditorProps = {
  operatorId: string;
  place: EditorPlace;
  subject: EditorSubject;
  opening: EditorOpening;
  certificates?: EditorCertificates | undefined;
  /** Where names and the role are looked up, and what makes those that are missing. */
  lookups?: EditorLookups;
  /** Buttons that save: at the end of the toolbar. */
  actions?: (document: EditedDocument) => ReactNode;
  /** What works on the document: below the editor. */
  below?: (document: EditedDocument) => ReactNode;
};

/** The template editor: one document in three views that always say the same. */
export function TemplateEditor({
  operatorId,
  place,
  subject,
  opening,
  certificates,
  lookups = NO_LOOKUPS,
  actions,
  below,
}: TemplateEditorProps) {
  const { state, read, dispatch, edit } = useEditor(opening);
  const text = state.history.present;
  const { presence, again } = usePresence(
    lookups.presenceUrl,
    useMemo(() => referredNames(read.visual), [read.visual]),
  );
  const roleFacts = useRoleFacts(lookups.checkRole, place.environmentId, read.text.roleArn, read.template);
  const findings = useFindings(read, { place, certificates, presence, roleFacts });
  const root = useRef<HTMLDivElement>(null);
  const views = useViews(root, useIsWide());
  const [openPolicy, setOpenPolicy] = useState<string | undefined>(undefined);
  const [draft, setDraft] = useState<{ savedAt: string; isOutdated: boolean } | undefined>(undefined);
  const workplace = useWorkplaceValue({
    edit,
    isReadOnly: text.broken !== undefined,
    findings: findings.marked,
    showFinding: views.showFinding,
    namesUrl: lookups.namesUrl,
  });
  const key = { operatorId, environmentId: place.environmentId, subject: subjectKey(subject) };
  const { isKept } = useDraft(templateDraftKey(key), opening, text, (found, kept) => {
    dispatch({ kind: 'open', text: found });
    const isOutdated = kept.opened.body !== opening.body || kept.opened.roleArn !== opening.roleArn;
    setDraft({ savedAt: kept.savedAt, isOutdated });
  });
  // What stands around the editor may follow later than the key.
  const document = useDeferredValue(
    useMemo(() => editedDocument(read, findings.all, opening), [read, findings.all, opening]),
  );

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the shortcuts of undo and redo, which the toolbar has as buttons
    <div ref={root} onKeyDown={useShortcuts(dispatch)} className="flex min-w-0 flex-col gap-3">
      <WorkplaceProvider value={workplace}>
        <DocumentToolbar views={views} state={state} dispatch={dispatch} place={place}>
          {useMemo(() => actions?.(document), [actions, document])}
        </DocumentToolbar>
        {draft === undefined ? null : (
          <DraftNotice
            {...draft}
            onDrop={() => {
              dispatch({ kind: 'open', text: openText(opening) });
              setDraft(undefined);
            }}
            onKeep={() => setDraft(undefined)}
          />
        )}
        <StatusStrip
          findings={findings.all}
          sizes={read.sizes}
          isKept={isKept}
          onFindings={() => {
            const [first] = findings.all;
            if (first !== undefined) views.showFinding(first);
          }}
        />
        <EditorPanes
          views={views}
          text={text}
          read={read}
          findings={findings}
          dispatch={dispatch}
          place={place}
          subject={subject}
          roleFacts={roleFacts}
          openPolicy={openPolicy}
          onOpenPolicy={setOpenPolicy}
          creations={lookups}
          onCreated={again}
        />
        <OpenPolicy
          visual={read.visual}
          logicalId={openPolicy}
          place={place}
          authorizationUrl={lookups.authorizationUrl}
          onClose={() => setOpenPolicy(undefined)}
        />
        {useMemo(() => below?.(document), [below, document])}
      </WorkplaceProvider>
    </div>
  );
}
