import type { Checked } from './check-page';

/** Of one round: devices per second. */
export type Round = Checked & { python: number; shell: number; pageBytesMax: number | undefined };

export type Result = {
  processors: number;
  browser: string;
  devices: number;
  archiveBytes: number;
  rounds: readonly Round[];
  /** By format: devices per second whose files under a passphrase are opened. */
  unlocked: Readonly<Record<string, number>>;
};

const MB = 1_000_000;

export function report({ processors, browser, devices, archiveBytes, rounds, unlocked }: Result): void {
  const of = (read: (round: Round) => number, digits = 0) => median(rounds.map(read)).toFixed(digits);
  console.log(
    `Chromium ${browser} on ${processors} processors; ${devices} P-256 devices in ${(archiveBytes / MB).toFixed(0)} MB; medians of ${rounds.length} rounds.`,
  );
  console.table({
    'ours: digests, signatures, keys, chains, template': {
      'devices /s': of(({ devicesPerSecond }) => devicesPerSecond),
    },
    'Python: digests alone': { 'devices /s': of(({ python }) => python) },
    'OpenSSL in a loop': { 'devices /s': of(({ shell }) => shell, 1) },
    ...Object.fromEntries(
      Object.entries(unlocked).map(([format, rate]) => [
        `opened: ${format}`,
        { 'devices /s': rate.toFixed(1) },
      ]),
    ),
  });
  const bytes = rounds.map(({ pageBytesMax }) => pageBytesMax).filter((most) => most !== undefined);
  const memory =
    bytes.length === 0 ? 'not measured on this system' : `${(Math.max(...bytes) / MB).toFixed(0)} MB`;
  console.log(
    `Archive opened after ${of(({ openedAfterMs }) => openedAfterMs)} ms; longest pause of the page ${of(({ pauseMsMax }) => pauseMsMax)} ms; at most in the page’s process: ${memory}.`,
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
