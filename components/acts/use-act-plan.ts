'use client';

import { useEffect, useState } from 'react';
import { type ActPlanAnswer, PLANNED_MAX, type PlannedDevice } from './act-plan-answer';
import type { ActRequest } from './acts-context';

/** Undefined while it is read; `unread`: there was no answer. */
export type ReadPlan = readonly PlannedDevice[] | 'unread' | undefined;

type Answered = { query: string | undefined; read: ReadPlan };
const NOTHING_ASKED: Answered = { query: undefined, read: undefined };

/** The very steps for the first few subjects, read when the dialog opens. */
export function useActPlan(environment: string, { act, subjects, approval }: ActRequest): ReadPlan {
  const [plan, setPlan] = useState<Answered>(NOTHING_ASKED);
  const query = new URLSearchParams([
    ['act', act],
    ...(approval === undefined ? [] : [['approval', JSON.stringify(approval)]]),
    ...subjects.slice(0, PLANNED_MAX).map(({ id }) => ['id', id]),
  ]).toString();
  useEffect(() => {
    const gone = new AbortController();
    const read = async () => {
      try {
        const answer = await fetch(`/e/${environment}/acts/plan?${query}`, { signal: gone.signal });
        // Our own address: what it answers has the type that it is written with.
        const { devices }: ActPlanAnswer = await answer.json();
        if (!gone.signal.aborted) setPlan({ query, read: answer.ok ? devices : 'unread' });
      } catch {
        if (!gone.signal.aborted) setPlan({ query, read: 'unread' });
      }
    };
    void read();
    return () => gone.abort();
  }, [environment, query]);
  // An answer to another question is none to this one.
  return plan.query === query ? plan.read : undefined;
}
