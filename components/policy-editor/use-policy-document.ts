'use client';

import { useDeferredValue, useMemo } from 'react';
import { type PolicySentences, readSentences } from '@/lib/policy/builder/policy-sentences';
import { applyJsonEdits, type JsonEdit } from '@/lib/policy/json-edit';
import { lintPolicy } from '@/lib/policy/lint/lint-policy';
import type { PolicyLint } from '@/lib/policy/lint/policy-finding';
import type { PolicyEditorContext } from './policy-editor-context';

export type PolicyDocumentView = {
  /** Undefined: the text is no JSON. */
  sentences: PolicySentences | undefined;
  /** May be of a moment ago while somebody types. */
  findings: readonly PolicyLint[];
  /** An edit that can no longer be done changes nothing. */
  edit: (edits: readonly JsonEdit[], group?: string) => void;
};

/** A policy's text as sentences and findings, and the way to change it. */
export function usePolicyDocument(
  document: string,
  onChange: (document: string, group?: string) => void,
  { place, hasCompanions, connection }: PolicyEditorContext,
): PolicyDocumentView {
  const { accountId, region } = place;
  const sentences = useMemo(() => {
    const read = readSentences(document, { accountId, region });
    return read.ok ? read.value : undefined;
  }, [document, accountId, region]);
  // Typing goes first; what there is to say about it follows.
  const settled = useDeferredValue(document);
  const findings = useMemo(
    () => lintPolicy(settled, { place: { accountId, region }, hasCompanions, connection }),
    [settled, accountId, region, hasCompanions, connection],
  );
  return {
    sentences,
    findings,
    edit(edits, group) {
      const edited = applyJsonEdits(document, edits);
      if (edited.ok) onChange(edited.value, group);
    },
  };
}
