'use client';

import { useEffect, useState } from 'react';
import type { Act } from '@/lib/registry/act';
import { type ActPlanAnswer, PLANNED_MAX, type PlannedDevice } from './act-plan-answer';
import type { ActSubject } from './act-run';

/** Undefined while it is read; `unread`: there was no answer. */
export type ReadPlan = readonly PlannedDevice[] | 'unread' | undefined;

/** The very steps for the first few subjects, read when the dialog opens. */
export function useActPlan(environment: string, act: Act, subjects: readonly ActSubject[]): ReadPlan {
  const [plan, setPlan] = useState<ReadPlan>(undefined);
  const query = new URLSearchParams([
    ['act', act],
    ...subjects.slice(0, PLANNED_MAX).map(({ id }) => ['id', id]),
  ]).toString();
  useEffect(() => {
    const gone = new AbortController();
    const read = async () => {
      try {
        const answer = await fetch(`/e/${environment}/acts/plan?${query}`, { signal: gone.signal });
        // Our own address: what it answers has the type that it is written with.
        const { devices }: ActPlanAnswer = await answer.json();
        if (!gone.signal.aborted) setPlan(answer.ok ? devices : 'unread');
      } catch {
        if (!gone.signal.aborted) setPlan('unread');
      }
    };
    void read();
    return () => gone.abort();
  }, [environment, query]);
  return plan;
}
