'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { KeyHandle } from '@/lib/browser/pki.protocol';
import { pkiClient } from '@/lib/browser/pki-client';

type Handles = ReadonlyMap<string, KeyHandle>;

const NONE: Handles = new Map();

/**
 * The CA keys that the tab's worker holds for this wizard, by CA id; they are discarded with it. A handle is worthless
 * outside the tab.
 */
export function useHeldKeys() {
  const [handles, setHandles] = useState<Handles>(NONE);
  // What the worker holds now, for the moment when nothing is drawn any more.
  const held = useRef<Handles>(NONE);
  const isShown = useRef<boolean>(false);

  const keep = useCallback((next: Handles) => {
    held.current = next;
    setHandles(next);
  }, []);

  const holdKey = useCallback(
    (caId: string, handle: KeyHandle | undefined) => {
      const former = held.current.get(caId);
      if (former === handle) return;
      if (former !== undefined) pkiClient().forget(former);
      const next = new Map(held.current);
      next.delete(caId);
      // Who has left while the worker was at it does not get the key any more.
      if (handle !== undefined && !isShown.current) pkiClient().forget(handle);
      else if (handle !== undefined) next.set(caId, handle);
      keep(next);
    },
    [keep],
  );

  useEffect(() => {
    isShown.current = true;
    const stopListening = pkiClient().onEnded(() => keep(NONE));
    return () => {
      isShown.current = false;
      stopListening();
      for (const handle of held.current.values()) pkiClient().forget(handle);
      keep(NONE);
    };
  }, [keep]);

  return { handleOf: (caId: string) => handles.get(caId), holdKey };
}
