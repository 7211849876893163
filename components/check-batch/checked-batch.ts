/**
 * What is known of a batch that is being checked, and how it grows.
 * @module
 */
import {
  type CheckedCounts,
  type CheckedDevices,
  type CheckedRest,
  type FaultyDevice,
  NOTHING_CHECKED,
  type OpenedBundle,
  type UnlockedDevices,
} from '@/lib/browser/bundle-check/bundle-check.protocol';
import type { LedgerAnswer } from './ledger-answer';

/** More faults than anybody reads; all of them are counted. */
const FAULTS_KEPT_MAX = 500;

export type Unlocked = Omit<UnlockedDevices, 'faulty'> & {
  state: 'running' | 'stopped' | 'done';
  /** Devices that are to be opened. */
  chosen: number;
  /** At the rate so far; undefined before there is one. */
  leftMs: number | undefined;
};

export type CheckedBatch = {
  name: string;
  opened: OpenedBundle;
  ledger: LedgerAnswer | undefined;
  counts: CheckedCounts;
  /** The first of them, and how many there are of each kind. */
  faulty: readonly FaultyDevice[];
  faultCounts: Readonly<Record<string, number>>;
  faultyDevices: number;
  /** Undefined until all devices are checked. */
  rest: CheckedRest | undefined;
  /** What was opened of the files under a passphrase; undefined where nobody asked for it. */
  unlocked: Unlocked | undefined;
};

const NOTHING_UNLOCKED: Omit<UnlockedDevices, 'faulty'> = {
  devices: 0,
  opened: 0,
  keysMatching: 0,
  certificates: 0,
  signatures: 0,
  templates: 0,
};

export function nothingChecked(known: Pick<CheckedBatch, 'name' | 'opened' | 'ledger'>): CheckedBatch {
  return {
    ...known,
    counts: NOTHING_CHECKED,
    faulty: [],
    faultCounts: {},
    faultyDevices: 0,
    rest: undefined,
    unlocked: undefined,
  };
}

export function withChecked(checked: CheckedBatch, { faulty, ...some }: CheckedDevices): CheckedBatch {
  return { ...withFaults(checked, faulty), counts: sum(checked.counts, some) };
}

export const withUnlocking = (checked: CheckedBatch, chosen: number): CheckedBatch => ({
  ...checked,
  unlocked: { ...NOTHING_UNLOCKED, state: 'running', chosen, leftMs: undefined },
});

/** @param elapsedMs since the first of them */
export function withUnlocked(
  checked: CheckedBatch,
  { faulty, ...some }: UnlockedDevices,
  elapsedMs: number,
): CheckedBatch {
  const { unlocked } = checked;
  if (unlocked === undefined) return checked;
  const counts = sum(unlocked, some);
  const leftMs = (elapsedMs / counts.devices) * (unlocked.chosen - counts.devices);
  return { ...withFaults(checked, faulty), unlocked: { ...unlocked, ...counts, leftMs } };
}

/** Devices of whose locked files nothing but the digests is known. */
export function notOpened({ counts, unlocked }: CheckedBatch): number {
  return counts.keysLocked - (unlocked?.opened ?? 0);
}

function withFaults(checked: CheckedBatch, faulty: readonly FaultyDevice[]): CheckedBatch {
  const faultCounts = { ...checked.faultCounts };
  for (const { fault } of faulty) faultCounts[fault.kind] = (faultCounts[fault.kind] ?? 0) + 1;
  // One that had faults before it was opened counts once, as far as its faults are kept.
  const known = new Set(checked.unlocked === undefined ? [] : checked.faulty.map(({ line }) => line));
  const lines = new Set(faulty.map(({ line }) => line).filter((line) => !known.has(line)));
  return {
    ...checked,
    faulty: [...checked.faulty, ...faulty].slice(0, FAULTS_KEPT_MAX),
    faultCounts,
    faultyDevices: checked.faultyDevices + lines.size,
  };
}

function sum<Sums extends Readonly<Record<Name, number>>, Name extends string>(
  sums: Sums,
  some: Readonly<Record<Name, number>>,
): Sums {
  const names = Object.keys(some).filter((name): name is Name => name in sums);
  return { ...sums, ...Object.fromEntries(names.map((name) => [name, sums[name] + some[name]])) };
}
