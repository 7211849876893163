'use client';

import { useCallback } from 'react';
import type { Failure } from '@/lib/failure';
import { useFlash } from './flash';
import { useFailureSentences } from './use-failure-sentence';

/** Says a failure on top of the page, where no form or dialog is there to hold it; `before` is a sentence in front of it. */
export function useTellFailure(): (failure: Failure, before?: string) => void {
  const { show } = useFlash();
  const sentencesOf = useFailureSentences();
  return useCallback(
    (failure, before) => {
      const { sentence, nextStep } = sentencesOf(failure);
      const reference = failure.kind === 'unexpected' ? failure.reference : undefined;
      const said = [before, sentence, nextStep, reference].filter((part) => part !== undefined);
      show({ tone: 'danger', text: said.join(' ') });
    },
    [show, sentencesOf],
  );
}
