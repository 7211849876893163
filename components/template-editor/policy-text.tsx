'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { CodeArea } from '@/components/ui/code-area';
import { compactJson, layOutJson } from '@/lib/policy/json-layout';
import { readJson } from '@/lib/policy/json-text';
import { codeTokens } from './code-tokens';

export type PolicyTextProps = { document: string; onChange: (document: string) => void };

/** The document of a policy as JSON. It may be broken while it is typed: the template holds it as a text. */
export function PolicyText({ document, onChange }: PolicyTextProps) {
  const t = useTranslations('editor.policy');
  const fault = useTranslations('template.fault');
  const marks = useMemo(() => codeTokens(document), [document]);
  const read = useMemo(() => readJson(document), [document]);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        <Button onPress={() => onChange(layOutJson(document))}>{t('layOut')}</Button>
        <Button onPress={() => onChange(compactJson(document))}>{t('compact')}</Button>
      </div>
      <CodeArea
        label={t('document')}
        value={document}
        onChange={onChange}
        marks={marks}
        isInvalid={!read.ok}
      />
      {read.ok ? null : (
        <p role="status" className="text-sm text-danger">
          {fault(`json.${read.failure.code}`, { found: read.failure.found ?? '' })}{' '}
          {fault('at', { line: read.failure.at.line, column: read.failure.at.column })}
        </p>
      )}
    </div>
  );
}
