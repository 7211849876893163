'use client';

import { useEffect, useRef, useState } from 'react';
import type { FoundFile } from '@/components/ui/found-file';
import { orNoAnswer } from '@/components/ui/no-answer';
import type { ArchiveFault } from '@/lib/browser/archive/zip-reader';
import type { BundleSource, Passphrases } from '@/lib/browser/bundle-check/bundle-check.protocol';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped, type WorkerStopped } from '@/lib/browser/worker-stopped';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import { type CheckedBatch, nothingChecked, withChecked, withUnlocked, withUnlocking } from './checked-batch';
import type { LedgerAnswer } from './ledger-answer';

/** Some tenths of a second of work: progress moves, and nothing else waits long for the worker. */
const DEVICES_AT_ONCE = 100;

/** A step ends soon even where each key takes a second, so that stopping does; the browser derives several at once. */
const UNLOCKED_AT_ONCE_MIN = 4;

export type FindManifest = (input: {
  environment: string;
  manifestSha256: string;
  certificateIds: string[];
}) => Promise<Result<LedgerAnswer, Failure>>;

export type CheckFault =
  | ArchiveFault
  | { kind: 'manifest-missing' }
  | { kind: 'check-closed' }
  | { kind: 'folder-too-many'; filesMax: number }
  | WorkerStopped;

export type UnlockFault =
  | { kind: 'passphrase-wrong' }
  | { kind: 'passphrases-unreadable' }
  | { kind: 'check-closed' }
  | WorkerStopped;

export type CheckState =
  | { kind: 'idle' }
  | { kind: 'opening' }
  | { kind: 'fault'; fault: CheckFault }
  | {
      kind: 'checking' | 'done';
      checked: CheckedBatch;
      failure: Failure | undefined;
      /** Why files under a passphrase could not be opened. */
      unlockFault?: UnlockFault;
    };

/** Checks one batch at a time; one that is given meanwhile takes its place. */
export function useCheckBatch(environment: string, findManifest: FindManifest) {
  const [state, setState] = useState<CheckState>({ kind: 'idle' });
  const latest = useRef(0);
  /** As it was before anything was opened. */
  const checkedAlone = useRef<CheckedBatch | undefined>(undefined);

  useEffect(
    () => () => {
      latest.current += 1;
      void pkiClient()
        .call('closeBundleCheck', null)
        .catch(() => undefined);
    },
    [],
  );

  async function take(files: readonly FoundFile[], filesMax: number | undefined) {
    latest.current += 1;
    const turn = latest.current;
    const isLatest = () => turn === latest.current;
    const show = (next: CheckState) => {
      if (isLatest()) setState(next);
    };
    if (filesMax !== undefined) return show({ kind: 'fault', fault: { kind: 'folder-too-many', filesMax } });
    checkedAlone.current = undefined;
    show({ kind: 'opening' });
    const pki = pkiClient();
    const opened = await orStopped(pki.call('openBundleCheck', { source: await sourceOf(files) }));
    if (!opened.ok) return show({ kind: 'fault', fault: opened.failure });
    if (!isLatest()) return;
    const { check, manifestSha256, certificateIds } = opened.value;
    const asked = await orNoAnswer(findManifest({ environment, manifestSha256, certificateIds }));
    const ledger = asked.ok ? asked.value : undefined;
    const failure = asked.ok ? undefined : asked.failure;
    const against = { caPem: ledger?.ca?.pem, templateBody: ledger?.ca?.templateBody };
    let checked = nothingChecked({
      name: files.length === 1 ? (files[0]?.path ?? '') : '',
      opened: opened.value,
      ledger,
    });
    show({ kind: 'checking', checked, failure });
    while (isLatest()) {
      const some = await orStopped(pki.call('checkDevices', { check, against, devicesMax: DEVICES_AT_ONCE }));
      if (!some.ok) return show({ kind: 'fault', fault: some.failure });
      if (some.value === null) break;
      checked = withChecked(checked, some.value);
      show({ kind: 'checking', checked, failure });
    }
    if (!isLatest()) return;
    const rest = await orStopped(pki.call('endBundleCheck', { check }));
    if (!rest.ok) return show({ kind: 'fault', fault: rest.failure });
    show({ kind: 'done', checked: { ...checked, rest: rest.value }, failure });
  }

  /** Whoever asks again begins anew: what was opened before is not counted. */
  async function unlock(passphrases: Passphrases, devicesMax: number): Promise<boolean> {
    if (state.kind !== 'done') return false;
    latest.current += 1;
    const turn = latest.current;
    const base = { ...state, checked: checkedAlone.current ?? state.checked };
    checkedAlone.current = base.checked;
    const pki = pkiClient();
    const { check } = base.checked.opened;
    const began = performance.now();
    const begun = await orStopped(pki.call('beginUnlock', { check, passphrases, devicesMax }));
    if (turn !== latest.current) return false;
    if (!begun.ok) {
      setState({ ...state, unlockFault: begun.failure });
      return false;
    }
    void openAll(withUnlocking(base.checked, begun.value.devices), began, (checked, unlockFault) => {
      const isLatest = turn === latest.current;
      if (isLatest)
        setState({ kind: 'done', checked, failure: base.failure, ...(unlockFault && { unlockFault }) });
      return isLatest;
    });
    return true;
  }

  return {
    state,
    unlock,
    stopUnlock() {
      latest.current += 1;
      if (state.kind !== 'done') return;
      const { check } = state.checked.opened;
      setState({ ...state, checked: inState(state.checked, 'stopped') });
      void pkiClient()
        .call('endUnlock', { check })
        .catch(() => undefined);
    },
    take: (files: readonly FoundFile[], filesMax: number | undefined) => void take(files, filesMax),
    cancel() {
      latest.current += 1;
      setState({ kind: 'idle' });
      void pkiClient()
        .call('closeBundleCheck', null)
        .catch(() => undefined);
    },
  };
}

/** @param show answers whether anybody still looks */
async function openAll(
  from: CheckedBatch,
  began: number,
  show: (checked: CheckedBatch, fault?: UnlockFault) => boolean,
): Promise<void> {
  let checked = from;
  const { check } = checked.opened;
  const devicesMax = Math.max(UNLOCKED_AT_ONCE_MIN, navigator.hardwareConcurrency);
  while (show(checked)) {
    const some = await orStopped(pkiClient().call('unlockDevices', { check, devicesMax }));
    if (!some.ok) return void show(inState(checked, 'stopped'), some.failure);
    if (some.value === null) return void show(inState(checked, 'done'));
    checked = withUnlocked(checked, some.value, performance.now() - began);
  }
}

const inState = (checked: CheckedBatch, state: 'stopped' | 'done'): CheckedBatch => ({
  ...checked,
  unlocked: checked.unlocked && { ...checked.unlocked, state },
});

/** By its content: a ZIP begins with a header or, where it is empty, with the end of its directory (APPNOTE 4.3.7, 4.3.16). */
async function sourceOf(files: readonly FoundFile[]): Promise<BundleSource> {
  const [only] = files;
  if (files.length === 1 && only !== undefined) {
    const [p, k] = new Uint8Array(
      await only.file
        .slice(0, 2)
        .arrayBuffer()
        .catch(() => new ArrayBuffer(0)),
    );
    if ((p === 0x50 && k === 0x4b) || !/\.(jsonl|csv|crt|key)$/.test(only.path))
      return { kind: 'archive', archive: only.file };
  }
  return { kind: 'folder', files: files.map(({ path, file }) => ({ path, file })) };
}
