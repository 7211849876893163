'use client';

import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { addSentence, printSentences } from '@/lib/policy/builder/policy-sentences';
import { type PolicyStarter, starterSentences } from '@/lib/policy/builder/policy-starters';
import type { JsonPath } from '@/lib/policy/json-tree';
import type { PolicyLint } from '@/lib/policy/lint/policy-finding';
import { JsonPanel, type JsonPanelHandle } from './json-panel';
import { LintList } from './lint-list';
import type { PolicyEditorContext } from './policy-editor-context';
import { PolicyToolbar } from './policy-toolbar';
import { type Preset, presetSentence } from './presets';
import { StatementList } from './statement-list';
import { TryOut } from './try-out';
import { usePolicyDocument } from './use-policy-document';

type PolicyEditorProps = {
  /** The policy's text; what it holds beyond sentences is kept. */
  document: string;
  /** Called with the whole new text at every change; what is typed has a group, what is pressed has none. */
  onChange: (document: string, group?: string) => void;
  context: PolicyEditorContext;
};

/**
 * Edits one IoT policy: as sentences and as JSON, always in step, with what there is to say about it and a try-out.
 * Holds no copy of the policy: the caller keeps it, and its history.
 */
export function PolicyEditor({ document, onChange, context }: PolicyEditorProps) {
  const t = useTranslations('policy-editor');
  const { place } = context;
  const { sentences, findings, edit } = usePolicyDocument(document, onChange, context);
  const [open, setOpen] = useState<number | undefined>(undefined);
  const json = useRef<JsonPanelHandle | null>(null);
  const count = sentences?.statements.length ?? 0;

  function start(starter: PolicyStarter) {
    setOpen(undefined);
    onChange(printSentences(starterSentences(starter), place, 2));
  }
  function add(preset: Preset) {
    if (sentences === undefined) return;
    const sentence = presetSentence(preset);
    // A text without the frame of a policy gets one.
    if (document.trim() === '' || count === 0) onChange(printSentences([sentence], place, 2));
    else edit(addSentence(sentences, sentence, place));
    setOpen(count);
  }
  const show = (path: JsonPath, range = { start: 0, end: 0 }) => json.current?.show(path, range);
  const fix = (finding: PolicyLint) => finding.fix !== undefined && edit(finding.fix);
  const ofStatements = sentences === undefined ? [] : sentences.statements.map(({ path }) => path);
  const isOfStatement = ({ path }: PolicyLint) =>
    ofStatements.some((parent) => parent.every((step, depth) => path[depth] === step));
  const others = findings.filter((finding) => !isOfStatement(finding));
  const countOf = (severity: PolicyLint['severity']) =>
    findings.filter((finding) => finding.severity === severity).length;

  return (
    <div className="@container flex min-w-0 flex-col gap-4">
      <PolicyToolbar document={document} isEmpty={count === 0} onStart={start} onAdd={add} />
      <div className="grid min-w-0 grid-cols-1 items-start gap-4 @4xl:grid-cols-[3fr_2fr]">
        <Card
          title={t('sentences.title')}
          aside={t('sentences.count', { count })}
          actions={
            <span role="status" className="text-xs text-ink-muted">
              {t('lint.summary', { errors: countOf('error'), warnings: countOf('warning') })}
            </span>
          }
          isFlush
        >
          {others.length === 0 ? null : (
            <div className="border-b border-line p-4">
              <LintList findings={others} onFix={fix} onShow={({ path, range }) => show(path, range)} />
            </div>
          )}
          {sentences === undefined ? (
            <div className="p-4">
              <Notice tone="danger" title={t('sentences.unreadable')} />
            </div>
          ) : (
            <StatementList
              sentences={sentences}
              findings={findings}
              place={place}
              open={open}
              onOpen={setOpen}
              edit={edit}
              onFix={fix}
              onShow={show}
            />
          )}
        </Card>
        <JsonPanel document={document} onChange={(text) => onChange(text, 'json')} handle={json} />
      </div>
      <TryOut document={document} context={context} />
    </div>
  );
}
