'use client';

import { useEffect, useRef, useState } from 'react';
import { pkiClient } from '@/lib/browser/pki-client';
import { executeRun } from './execute-run';
import { performCall, type RunMemory } from './perform-call';
import type { Registration } from './registration';
import { phaseOf, planRun } from './run-plan';
import { useWizard } from './wizard-context';

/** The run of this page. A second start while it goes on does nothing; a start after it failed begins at the first call. */
export function useRun(registration: Registration, { startsAtOnce }: { startsAtOnce: boolean }) {
  const { actions, place, keyHandle } = useWizard();
  const [run, setRun] = useState(() => planRun(registration));
  const isBusy = useRef<boolean>(false);

  async function start() {
    if (isBusy.current) return;
    isBusy.current = true;
    const memory: RunMemory = {};
    const tools = { actions, pki: pkiClient(), environment: place.environmentId, registration, keyHandle };
    try {
      await executeRun(planRun(registration), (id) => performCall(id, tools, memory), setRun);
    } finally {
      isBusy.current = false;
    }
  }

  const first = useRef(startsAtOnce ? start : undefined);
  useEffect(() => {
    void first.current?.();
    first.current = undefined;
  }, []);

  return { run, phase: phaseOf(run), start: () => void start() };
}
