'use client';

import { useCallback, useState } from 'react';
import type { KeyHandle } from '@/lib/browser/pki.protocol';
import { pkiClient } from '@/lib/browser/pki-client';

/** The CA keys that the tab's worker holds for this wizard, by CA id. A handle is worthless outside the tab. */
export function useHeldKeys() {
  const [handles, setHandles] = useState<ReadonlyMap<string, KeyHandle>>(new Map());
  const holdKey = useCallback((caId: string, handle: KeyHandle | undefined) => {
    setHandles((held) => {
      const former = held.get(caId);
      if (former === handle) return held;
      // Discarding is idempotent, so an update that React repeats does no harm.
      if (former !== undefined) void pkiClient().call('discard', { handle: former });
      const next = new Map(held);
      if (handle === undefined) next.delete(caId);
      else next.set(caId, handle);
      return next;
    });
  }, []);
  return { handleOf: (caId: string) => handles.get(caId), holdKey };
}
