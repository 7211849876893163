import type { Issued, IssueRequest } from './issue-page';

/** How many of each are made in a round. */
export type Case = Omit<IssueRequest, 'output'> & { ceilingDevices: number; shellDevices: number };

/** Of one round: devices per second, and milliseconds of all processors for a device. */
export type Round = {
  shellPerSecond: number;
  ceilingPerSecond: number;
  ceilingCpuMs: number;
  oursPerSecond: number;
  oursCpuMs: number;
};

export type Large = Issued & Pick<IssueRequest, 'devices' | 'output'> & { pageBytesMax: number | undefined };

export type Result = {
  processors: number;
  browser: string | undefined;
  measurements: { of: Case; rounds: Round[] }[];
  large: Large[];
  archivePerSecond: number;
};

const PAGE_MB_MAX = 500;
const MB = 1_000_000;
/** Times the shell, and of the ceiling. */
const GOALS = {
  'P-256': { 1: { shell: 200, ceiling: 0.6 }, 2: { shell: 200, ceiling: 0.6 } },
  'RSA-2048': { 1: { shell: 3, ceiling: undefined }, 2: { shell: 6, ceiling: undefined } },
} as const;

export function report({ processors, browser, measurements, large, archivePerSecond }: Result): void {
  console.log(
    `Chromium ${browser ?? '?'} on ${processors} processors; medians of ${measurements[0]?.rounds.length ?? 0} rounds.`,
  );
  console.table(Object.fromEntries(measurements.map(({ of, rounds }) => [nameOf(of), row(of, rounds)])));
  console.log(`The archive alone, with Zip64: ${archivePerSecond.toFixed(0)} devices per second.`);
  for (const one of large) console.log(sentenceOf(one));
}

function sentenceOf({ devices, output, devicesPerSecond, archiveBytes, pageBytesMax }: Large): string {
  const megabytes = pageBytesMax === undefined ? undefined : pageBytesMax / MB;
  const memory =
    megabytes === undefined
      ? 'memory is not measured on this system'
      : `at most ${megabytes.toFixed(0)} MB in the page's process (under ${PAGE_MB_MAX}: ${megabytes < PAGE_MB_MAX ? 'yes' : 'NO'})`;
  return `${devices} P-256 devices in one batch as a ${output}: ${devicesPerSecond.toFixed(0)} per second, an archive of ${(archiveBytes / MB).toFixed(0)} MB, ${memory}.`;
}

function row({ algorithm, processes }: Case, rounds: readonly Round[]): Record<string, string> {
  const { shell, ceiling } = GOALS[algorithm][processes];
  const times = median(rounds.map(({ oursPerSecond, shellPerSecond }) => oursPerSecond / shellPerSecond));
  const share = median(rounds.map(({ oursPerSecond, ceilingPerSecond }) => oursPerSecond / ceilingPerSecond));
  const verdict = (value: number, goal: number | undefined) =>
    goal === undefined ? '' : value >= goal ? ' (yes)' : ' (NO)';
  const of = (read: (round: Round) => number, digits: number) => median(rounds.map(read)).toFixed(digits);
  return {
    'shell /s': of(({ shellPerSecond }) => shellPerSecond, 1),
    'WebCrypto alone /s': of(({ ceilingPerSecond }) => ceilingPerSecond, 1),
    'ours /s': of(({ oursPerSecond }) => oursPerSecond, 1),
    'times the shell': `${times.toFixed(1)} of ${shell}${verdict(times, shell)}`,
    'of WebCrypto alone': `${(share * 100).toFixed(0)} %${ceiling === undefined ? '' : ` of ${ceiling * 100} %`}${verdict(share, ceiling)}`,
    'CPU ms a device, alone/ours': `${of(({ ceilingCpuMs }) => ceilingCpuMs, 2)} / ${of(({ oursCpuMs }) => oursCpuMs, 2)}`,
  };
}

function nameOf({ algorithm, processes }: Case): string {
  return processes === 1 ? algorithm : `${algorithm}, page and frame`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
