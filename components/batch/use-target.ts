'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { BatchTarget } from '@/lib/browser/batch/batch.protocol';
import { chooseTarget, type OutputKind } from './output-choice';

/** Asks where the output goes; `refusal` is the sentence where the browser did not let the page ask. */
export function useTarget(): {
  /** @returns undefined where there is no target. Has to be called in a click. */
  choose: (kind: OutputKind, suggestedName: string) => Promise<BatchTarget | undefined>;
  refusal: string | undefined;
} {
  const t = useTranslations('batch.output');
  const [refusal, setRefusal] = useState<string | undefined>(undefined);
  async function choose(kind: OutputKind, suggestedName: string) {
    setRefusal(undefined);
    const chosen = await chooseTarget(kind, suggestedName);
    if (chosen.ok) return chosen.value;
    if (chosen.failure.kind === 'picker-refused') setRefusal(t('refused', { reason: chosen.failure.reason }));
    return undefined;
  }
  return { choose, refusal };
}
