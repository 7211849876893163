'use client';

import { type Ref, useId, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { CodeArea, type CodeAreaHandle } from '@/components/ui/code-area';
import type { CodeMark } from '@/components/ui/code-marks';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import { positionAt } from '@/lib/policy/json-text';
import { rangesInConfigText } from '@/lib/provisioning/document/config-text';
import { type EditorText, shownText, type TextView as View } from '@/lib/provisioning/document/editor-text';
import type { TemplateLint } from '@/lib/provisioning/lint/template-finding';
import { codeTokens } from './code-tokens';
import { SEVERITY_MARKS } from './severity';
import { useKeptSame } from './use-kept-same';

type TextViewProps = {
  view: View;
  text: EditorText;
  findings: readonly TemplateLint[];
  onType: (text: string) => void;
  onDropBroken: () => void;
  handle: Ref<CodeAreaHandle>;
};

/** One of the two texts, with the findings marked in it. */
export function TextView({ view, text, findings, onType, onDropBroken, handle }: TextViewProps) {
  const t = useTranslations('editor.text');
  const faultId = useId();
  const value = shownText(text, view);
  const { broken } = text;
  const isBroken = broken?.view === view;
  const marks = useMarks(view, text, value, findings);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="min-w-0 flex-1 text-xs text-ink-muted">{t(`help.${view}`)}</p>
        <CopyButton text={value} what={t(`label.${view}`)} />
      </div>
      {broken !== undefined && !isBroken ? (
        <Notice tone="warning" title={t(`otherBroken.${broken.view}`)}>
          <p>{t('otherBrokenHelp')}</p>
          <div>
            <Button onPress={onDropBroken}>{t('dropBroken')}</Button>
          </div>
        </Notice>
      ) : null}
      <CodeArea
        label={t(`label.${view}`)}
        value={value}
        onChange={onType}
        marks={marks}
        colour={codeTokens}
        isReadOnly={broken !== undefined && !isBroken}
        isInvalid={isBroken}
        describedBy={isBroken ? faultId : undefined}
        handle={handle}
      />
      {isBroken ? (
        <p id={faultId} role="status" className="text-sm text-danger">
          <BrokenSentence broken={broken} />
        </p>
      ) : null}
    </div>
  );
}

function BrokenSentence({ broken }: { broken: NonNullable<EditorText['broken']> }) {
  const t = useTranslations('editor.text');
  const fault = useTranslations('template.fault');
  const { line, column } = positionAt(broken.text, broken.range.start);
  return (
    <>
      {t(`fault.${broken.code}`)}{' '}
      {broken.json === undefined
        ? null
        : fault(`json.${broken.json.code}`, { found: broken.json.found ?? '' })}{' '}
      {fault('at', { line, column })}
    </>
  );
}

function useMarks(
  view: View,
  text: EditorText,
  value: string,
  findings: readonly TemplateLint[],
): readonly CodeMark[] {
  const marks = useMemo(() => {
    const { broken } = text;
    if (broken !== undefined) {
      const fault: CodeMark = { name: 'code-danger', ...widened(broken.range, value.length) };
      return broken.view === view ? [fault] : [];
    }
    const place = view === 'template' ? undefined : rangesInConfigText(value);
    return findings.flatMap(({ range, severity }): CodeMark[] => {
      const at = range === undefined ? undefined : place === undefined ? range : place(range);
      return at === undefined ? [] : [{ name: SEVERITY_MARKS[severity], ...widened(at, value.length) }];
    });
  }, [view, text, value, findings]);
  return useKeptSame(marks);
}

/** A fault at the very end of a text has no character of its own to be marked. */
function widened({ start, end }: { start: number; end: number }, length: number) {
  return start < end ? { start, end: Math.min(end, length) } : { start: Math.max(start - 1, 0), end: start };
}
