'use client';

import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { TextArea } from '@/components/ui/text-area';
import { compactJson, layOutJson } from '@/lib/policy/json-layout';
import { type JsonPath, nodeAt, readJsonTree, type TextRange } from '@/lib/policy/json-tree';

export type JsonPanelHandle = {
  /** Selects what stands at a path; the fault where the text is no JSON. */
  show: (path: JsonPath, fallback: TextRange) => void;
};

type JsonPanelProps = {
  document: string;
  onChange: (document: string) => void;
  handle: Ref<JsonPanelHandle>;
};

/** What was typed and what was made of it; it stays while the document is what was made. */
type Draft = { text: string; made: string; isOneLine: boolean };

const ROWS_MIN = 14;
const ROWS_MAX = 36;

/** The policy as text. A document on one line, as templates want it, is shown laid out and kept on one line. */
export function JsonPanel({ document, onChange, handle }: JsonPanelProps) {
  const t = useTranslations('policy-editor.json');
  const [draft, setDraft] = useState<Draft | undefined>(undefined);
  const area = useRef<HTMLTextAreaElement>(null);
  const isCurrent = draft?.made === document;
  const isOneLine = isCurrent ? draft.isOneLine : !document.includes('\n');
  const text = isCurrent ? draft.text : isOneLine ? layOutJson(document) : document;

  useImperativeHandle(handle, () => ({
    show(path, fallback) {
      const read = readJsonTree(text);
      const range = (read.ok ? nodeAt(read.value, path) : undefined) ?? fallback;
      const line = text.slice(0, range.start).split('\n').length - 1;
      area.current?.focus();
      area.current?.setSelectionRange(range.start, range.end);
      if (area.current === null) return;
      const { scrollHeight } = area.current;
      area.current.scrollTop = Math.max(0, (scrollHeight * (line - 2)) / text.split('\n').length);
      area.current.scrollIntoView({ block: 'nearest' });
    },
  }));

  return (
    <TextArea
      label={t('label')}
      isCode
      rows={Math.min(ROWS_MAX, Math.max(ROWS_MIN, text.split('\n').length + 1))}
      value={text}
      onChange={(typed) => {
        const made = isOneLine ? compactJson(typed) : typed;
        setDraft({ text: typed, made, isOneLine });
        onChange(made);
      }}
      // A text that was pasted on one line is laid out once one is done with it.
      onBlur={() => setDraft(undefined)}
      areaRef={area}
    />
  );
}
