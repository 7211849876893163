'use client';

import { useEffect, useRef, useState } from 'react';
import { answered } from '@/components/device/issue-run';
import type { FoundFile } from '@/components/ui/found-file';
import type { ArchiveFault } from '@/lib/browser/archive/zip-reader';
import type {
  BundleSource,
  CheckedDevices,
  CheckedRest,
  FaultyDevice,
  OpenedBundle,
} from '@/lib/browser/bundle-check/bundle-check.protocol';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped, type WorkerStopped } from '@/lib/browser/worker-stopped';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import type { LedgerAnswer } from './ledger-answer';

/** Some tenths of a second of work: progress moves, and nothing else waits long for the worker. */
const DEVICES_AT_ONCE = 100;

/** More faults than anybody reads; all of them are counted. */
const FAULTS_KEPT_MAX = 500;

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

export type Counts = Omit<CheckedDevices, 'faulty'>;

export type CheckedBatch = {
  name: string;
  opened: OpenedBundle;
  ledger: LedgerAnswer | undefined;
  counts: Counts;
  /** The first of them, and how many there are of each kind. */
  faulty: readonly FaultyDevice[];
  faultCounts: Readonly<Record<string, number>>;
  faultyDevices: number;
  /** Undefined until all devices are checked. */
  rest: CheckedRest | undefined;
};

export type CheckState =
  | { kind: 'idle' }
  | { kind: 'opening' }
  | { kind: 'fault'; fault: CheckFault }
  | { kind: 'checking' | 'done'; checked: CheckedBatch; failure: Failure | 'no-answer' | undefined };

const NO_COUNTS: Counts = {
  devices: 0,
  files: 0,
  certificates: 0,
  signatures: 0,
  keysMatching: 0,
  keysLocked: 0,
  templates: 0,
};

/** Checks one batch at a time; one that is given meanwhile takes its place. */
export function useCheckBatch(environment: string, findManifest: FindManifest) {
  const [state, setState] = useState<CheckState>({ kind: 'idle' });
  const latest = useRef(0);

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
    show({ kind: 'opening' });
    const pki = pkiClient();
    const opened = await orStopped(pki.call('openBundleCheck', { source: await sourceOf(files) }));
    if (!opened.ok) return show({ kind: 'fault', fault: opened.failure });
    if (!isLatest()) return;
    const { check, manifestSha256, certificateIds } = opened.value;
    const asked = await answered(findManifest({ environment, manifestSha256, certificateIds }));
    const ledger = asked !== 'no-answer' && asked.ok ? asked.value : undefined;
    const failure = asked === 'no-answer' ? asked : asked.ok ? undefined : asked.failure;
    const against = { caPem: ledger?.ca?.pem, templateBody: ledger?.ca?.templateBody };
    let checked: CheckedBatch = {
      name: files.length === 1 ? (files[0]?.path ?? '') : '',
      opened: opened.value,
      ledger,
      counts: NO_COUNTS,
      faulty: [],
      faultCounts: {},
      faultyDevices: 0,
      rest: undefined,
    };
    show({ kind: 'checking', checked, failure });
    while (isLatest()) {
      const some = await orStopped(pki.call('checkDevices', { check, against, devicesMax: DEVICES_AT_ONCE }));
      if (!some.ok) return show({ kind: 'fault', fault: some.failure });
      if (some.value === null) break;
      checked = withSome(checked, some.value);
      show({ kind: 'checking', checked, failure });
    }
    if (!isLatest()) return;
    const rest = await orStopped(pki.call('endBundleCheck', { check }));
    if (!rest.ok) return show({ kind: 'fault', fault: rest.failure });
    show({ kind: 'done', checked: { ...checked, rest: rest.value }, failure });
  }

  return {
    state,
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

function withSome(checked: CheckedBatch, { faulty, ...some }: CheckedDevices): CheckedBatch {
  const { counts } = checked;
  const faultCounts = { ...checked.faultCounts };
  for (const { fault } of faulty) faultCounts[fault.kind] = (faultCounts[fault.kind] ?? 0) + 1;
  return {
    ...checked,
    counts: {
      devices: counts.devices + some.devices,
      files: counts.files + some.files,
      certificates: counts.certificates + some.certificates,
      signatures: counts.signatures + some.signatures,
      keysMatching: counts.keysMatching + some.keysMatching,
      keysLocked: counts.keysLocked + some.keysLocked,
      templates: counts.templates + some.templates,
    },
    faulty: [...checked.faulty, ...faulty].slice(0, FAULTS_KEPT_MAX),
    faultCounts,
    faultyDevices: checked.faultyDevices + new Set(faulty.map(({ line }) => line)).size,
  };
}

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
