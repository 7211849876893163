'use client';

import { useState } from 'react';
import { orNoAnswer } from '@/components/ui/no-answer';
import type { Failure, FieldFault } from '@/lib/failure';
import type { Result } from '@/lib/result';

type EntryForm = {
  isPending: boolean;
  /** Faults by field; `form` for the whole. */
  faults: Partial<Record<string, FieldFault[]>>;
  /** A failure that is no fault of the input. */
  failure: Failure | undefined;
  send(submit: () => Promise<Result<unknown, Failure>>): Promise<void>;
};

/**
 * One form that leads on: sends once at a time, keeps what went wrong, and on success loads the next page anew, so that nothing of
 * this one (a password among it) stays in memory.
 */
export function useEntryForm(nextPath: string): EntryForm {
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);

  async function send(submit: () => Promise<Result<unknown, Failure>>) {
    if (isPending) return;
    setPending(true);
    setFailure(undefined);
    const result = await orNoAnswer(submit());
    if (result.ok) {
      window.location.replace(nextPath);
      return;
    }
    setFailure(result.failure);
    setPending(false);
  }

  const isInvalidInput = failure?.kind === 'invalid-input';
  return {
    isPending,
    faults: isInvalidInput ? failure.fields : {},
    failure: isInvalidInput ? undefined : failure,
    send,
  };
}
