'use client';

import { useEffect, useState } from 'react';
import { z } from 'zod';

/** The console itself waits at most ten seconds for its turn at AWS. */
const TIMEOUT_MS = 15_000;

const answer = z.object({ names: z.array(z.string()) });

/** The policies that AWS has, to choose from; none as long as they are not read, or cannot be: any name can be typed. */
export function usePolicyNames(environment: string): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    const gone = new AbortController();
    const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const read = async () => {
      const response = await fetch(`/e/${environment}/template-editor/names?kind=policies`, { signal });
      const parsed = answer.safeParse(response.ok ? await response.json() : undefined);
      if (parsed.success && !gone.signal.aborted) setNames(parsed.data.names.toSorted());
    };
    read().catch(() => undefined);
    return () => gone.abort();
  }, [environment]);
  return names;
}
