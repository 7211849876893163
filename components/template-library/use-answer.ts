'use client';

import { useEffect, useState } from 'react';
import { orNoAnswer } from '@/components/ui/no-answer';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

/** What an action answered; undefined while it is asked. Asked again when `key` changes, not at all while it is undefined. */
export function useAnswer<Value>(
  key: string | undefined,
  ask: (key: string) => Promise<Result<Value, Failure>>,
): Result<Value, Failure> | undefined {
  const [answer, setAnswer] = useState<{ key: string; result: Result<Value, Failure> } | undefined>(
    undefined,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ask` is made anew at every render, `key` says what it asks
  useEffect(() => {
    if (key === undefined) return;
    let isCurrent = true;
    void orNoAnswer(ask(key)).then((result) => {
      if (isCurrent) setAnswer({ key, result });
    });
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return answer?.key === key ? answer?.result : undefined;
}
