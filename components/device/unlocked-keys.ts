'use client';

import { useSyncExternalStore } from 'react';
import type { KeyHandle } from '@/lib/browser/pki.protocol';
import { pkiClient } from '@/lib/browser/pki-client';

// As long as the tab's worker, so that a key stays unlocked from one device to the next, over pages. Handles are
// names, not keys, and worthless outside this tab.
let handles: ReadonlyMap<string, KeyHandle> = new Map();
const listeners = new Set<() => void>();

function publish(changed: ReadonlyMap<string, KeyHandle>) {
  handles = changed;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The worker's handle of a CA's key, undefined while it is locked. */
export function useUnlockedKey(caId: string): KeyHandle | undefined {
  return useSyncExternalStore(
    subscribe,
    () => handles.get(caId),
    () => undefined,
  );
}

const forgetAll = () => publish(new Map());

/** Keeps the handle until its key is locked, by a person or with the worker. */
export function keepUnlocked(caId: string, handle: KeyHandle): void {
  pkiClient().onEnded(forgetAll);
  const former = handles.get(caId);
  publish(new Map(handles).set(caId, handle));
  if (former !== undefined) pkiClient().forget(former);
}

/** Forgets the key, in the worker too. Certificates that wait there for their download stay. */
export function lockKey(caId: string): void {
  const handle = handles.get(caId);
  const left = new Map(handles);
  left.delete(caId);
  publish(left);
  if (handle !== undefined) pkiClient().forget(handle);
}
