'use client';

import { type KeyboardEvent, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import type { CodeAreaHandle } from '@/components/ui/code-area';
import { Notice } from '@/components/ui/notice';
import { compactJson, layOutJson } from '@/lib/policy/json-layout';
import { rangesInConfigText } from '@/lib/provisioning/document/config-text';
import { openText, shownText, type TextView as TextViewKind } from '@/lib/provisioning/document/editor-text';
import { setPolicy } from '@/lib/provisioning/document/template-edits';
import type { TemplateLintContext } from '@/lib/provisioning/lint/lint-template';
import type { TemplateLint } from '@/lib/provisioning/lint/template-finding';
import type { Template } from '@/lib/provisioning/template';
import { templateDraftKey } from './draft-storage';
import { type EditorWorkplace, WorkplaceProvider } from './editor-context';
import {
  type EditorCertificates,
  type EditorOpening,
  type EditorPlace,
  type EditorSubject,
  subjectKey,
} from './editor-port';
import { EditorToolbar, type StartKind } from './editor-toolbar';
import { FindingsPanel, type FindingView, findingKey } from './findings-panel';
import { OutputsView } from './outputs-view';
import { PasteDialog } from './paste-dialog';
import { PolicyPanel } from './policy-panel';
import { PolicyText, type PolicyTextProps } from './policy-text';
import { revealFinding, revealPlace } from './reveal';
import { startingDocument, startingText } from './start-text';
import { StatusStrip } from './status-strip';
import { TextView } from './text-view';
import { useDraft } from './use-draft';
import { useEditor } from './use-editor';
import type { EditorView } from './view-switch';
import { VisualView } from './visual-view';
import { writtenPath } from './written-path';

/** The document as the parts around the editor see it. */
export type EditedDocument = {
  /** JSON, character for character what would be sent. */
  body: string;
  roleArn: string;
  /** Undefined where the JSON is no template. */
  template: Template | undefined;
  findings: readonly TemplateLint[];
  /** While a text is broken the rest is as it was before; it should not be saved. */
  isBroken: boolean;
  /** Whether it differs from what was opened. */
  isChanged: boolean;
};

type TemplateEditorProps = {
  operatorId: string;
  place: EditorPlace;
  subject: EditorSubject;
  opening: EditorOpening;
  certificates?: EditorCertificates | undefined;
  /** Buttons that save: at the end of the toolbar. */
  actions?: (document: EditedDocument) => ReactNode;
  /** What works on the document: below the editor. */
  below?: (document: EditedDocument) => ReactNode;
  /** The editor of a policy document; as JSON where there is none. */
  policyEditor?: (props: PolicyTextProps) => ReactNode;
};

/** The template editor: one document in three views that always say the same. */
export function TemplateEditor({
  operatorId,
  place,
  subject,
  opening,
  certificates,
  actions,
  below,
  policyEditor = (props) => <PolicyText {...props} />,
}: TemplateEditorProps) {
  const t = useTranslations('editor');
  const { accountId, region } = place;
  const context = useMemo<TemplateLintContext>(
    () => ({ place: { accountId, region }, ...certificates }),
    [accountId, region, certificates],
  );
  const { state, analysis, dispatch, edit } = useEditor(opening, context);
  const text = state.history.present;
  const [view, setView] = useState<EditorView>('visual');
  const [isSplit, setIsSplit] = useState(true);
  const [isPasting, setIsPasting] = useState(false);
  const [openPolicy, setOpenPolicy] = useState<string | undefined>(undefined);
  const [shown, setShown] = useState<TemplateLint | undefined>(undefined);
  const [restored, setRestored] = useState<string | undefined>(undefined);
  const root = useRef<HTMLDivElement>(null);
  const code = useRef<CodeAreaHandle | null>(null);

  const draftKey = templateDraftKey({
    operatorId,
    environmentId: place.environmentId,
    subject: subjectKey(subject),
  });
  const { isKept } = useDraft(draftKey, opening, text, (found, draft) => {
    dispatch({ kind: 'open', text: found });
    setRestored(draft.savedAt);
  });

  const findings = useMemo(
    () => analysis.findings.map((finding) => ({ ...finding, written: writtenPath(finding.path) })),
    [analysis.findings],
  );
  const showFinding = useCallback((finding: TemplateLint) => {
    setShown(finding);
    revealFinding(root.current, findingKey(finding));
  }, []);
  const workplace = useMemo<EditorWorkplace>(
    () => ({
      edit,
      isReadOnly: text.broken !== undefined,
      findings,
      showFinding,
      namesOf: () => [],
      askFor: () => {},
    }),
    [edit, text.broken, findings, showFinding],
  );

  function show(finding: TemplateLint & { written: string }, where: FindingView) {
    flushSync(() => {
      setShown(finding);
      setView(where);
    });
    if (where === 'visual') return revealPlace(root.current, finding.written);
    const { range } = finding;
    if (range === undefined) return;
    const at = where === 'template' ? range : rangesInConfigText(shownText(text, 'config'))(range);
    if (at !== undefined && code.current !== null) code.current.reveal(at);
  }

  function fix({ fix: mend }: TemplateLint) {
    if (mend === undefined) return;
    if (mend.kind === 'compact') dispatch({ kind: 'lay-out', body: compactJson(text.body) });
    else dispatch({ kind: 'fix', edits: mend.edits });
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    // Dialogs are elsewhere in the page, and have their own texts.
    const isHere = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (!isHere || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const kind = key === 'y' || (key === 'z' && event.shiftKey) ? 'redo' : key === 'z' ? 'undo' : undefined;
    if (kind === undefined) return;
    event.preventDefault();
    dispatch({ kind });
  }

  const document: EditedDocument = {
    body: text.body,
    roleArn: text.roleArn,
    template: analysis.template,
    findings: analysis.findings,
    isBroken: text.broken !== undefined,
    isChanged: text.body !== opening.body || text.roleArn !== opening.roleArn,
  };
  const policy = analysis.visual?.resources.find(
    (resource) => resource.kind === 'policy' && resource.logicalId === openPolicy,
  );
  const textView: TextViewKind | 'outputs' = view === 'visual' ? 'template' : view;
  const dropBroken = () => dispatch({ kind: 'drop-broken' });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the shortcuts of undo and redo, which the toolbar has as buttons
    <div ref={root} onKeyDown={onKeyDown} className="flex min-w-0 flex-col gap-3">
      <WorkplaceProvider value={workplace}>
        <EditorToolbar
          view={view}
          onView={setView}
          isSplit={isSplit}
          onSplit={setIsSplit}
          canUndo={state.history.past.length > 0}
          canRedo={state.history.future.length > 0}
          onUndo={() => dispatch({ kind: 'undo' })}
          onRedo={() => dispatch({ kind: 'redo' })}
          onStart={(kind: StartKind) =>
            dispatch({ kind: 'open', text: openText(startingText(kind, place, text.roleArn)) })
          }
          onPaste={() => setIsPasting(true)}
          onArrange={(arrangement) =>
            dispatch({
              kind: 'lay-out',
              body: arrangement === 'compact' ? compactJson(text.body) : layOutJson(text.body),
            })
          }
          isBroken={document.isBroken}
        >
          {actions?.(document)}
        </EditorToolbar>
        {restored === undefined ? null : (
          <Notice tone="info" title={t('draft.restored')}>
            <div className="flex flex-wrap gap-2">
              <Button
                onPress={() => {
                  dispatch({ kind: 'open', text: openText(opening) });
                  setRestored(undefined);
                }}
              >
                {t('draft.discard')}
              </Button>
              <Button variant="quiet" onPress={() => setRestored(undefined)}>
                {t('draft.keep')}
              </Button>
            </div>
          </Notice>
        )}
        <StatusStrip
          analysis={analysis}
          isKept={isKept}
          onFindings={() => {
            const [first] = analysis.findings;
            if (first !== undefined) showFinding(first);
          }}
        />
        <div
          className={classNames(
            'grid min-w-0 gap-4',
            isSplit && 'xl:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]',
          )}
        >
          <div className={classNames('min-w-0', view !== 'visual' && (isSplit ? 'max-xl:hidden' : 'hidden'))}>
            <VisualView
              analysis={analysis}
              role={{
                accountId,
                onChange: (arn) => dispatch({ kind: 'role', arn, atMs: performance.now() }),
              }}
              openPolicy={openPolicy}
              onOpenPolicy={setOpenPolicy}
              blankDocument={() => startingDocument(place)}
              onDropBroken={dropBroken}
            >
              {policy?.kind !== 'policy' || policy.document === undefined ? null : (
                <PolicyPanel logicalId={policy.logicalId} onClose={() => setOpenPolicy(undefined)}>
                  {policyEditor({
                    document: policy.document,
                    onChange: (next) =>
                      edit(
                        (template) => setPolicy(template, policy.logicalId, { document: next }),
                        `policy ${policy.logicalId}`,
                      ),
                  })}
                </PolicyPanel>
              )}
            </VisualView>
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <div className={classNames(view === 'visual' && (isSplit ? 'max-xl:hidden' : 'hidden'))}>
              {textView === 'outputs' ? (
                <OutputsView
                  subject={subject}
                  body={analysis.text.body}
                  roleArn={analysis.text.roleArn}
                  cliTarget={place.cliTarget}
                />
              ) : (
                <TextView
                  key={textView}
                  view={textView}
                  text={text}
                  findings={analysis.findings}
                  onType={(typed) =>
                    dispatch({ kind: 'type', view: textView, text: typed, atMs: performance.now() })
                  }
                  onDropBroken={dropBroken}
                  handle={code}
                />
              )}
            </div>
            <FindingsPanel
              findings={findings}
              text={shownText(analysis.text, 'template')}
              shown={shown}
              onFix={fix}
              onShow={show}
            />
          </div>
        </div>
        {below?.(document)}
        <PasteDialog
          isOpen={isPasting}
          onClose={() => setIsPasting(false)}
          onTake={({ templateBody, roleArn }) =>
            dispatch({
              kind: 'open',
              text: openText({ body: templateBody, roleArn: roleArn ?? text.roleArn }),
            })
          }
        />
      </WorkplaceProvider>
    </div>
  );
}
