/**
 * Files under a passphrase are opened when the person asks for it, after everything else was checked: a key costs as much as a thousand
 * digests, so it is all of them or a sample, and whoever asked may stop.
 * @module
 */
import {
  isLockedFile,
  type LockedFault,
  openLockedFile,
  type UnlockedFile,
} from '@/lib/pki/check-bundle/locked-file';
import type { BundleDeviceFault, UnlockedDevices } from './bundle-check.protocol';
import { type DeviceContents, type Judging, judgeDevice } from './judge-device';
import { type ManifestDevice, readManifestLine } from './manifest-lines';

/** More than one passphrase that does not open is no accident of one file. */
const DEVICES_TRIED = 3;

export type UnlockPlan = {
  /** Of the manifest, from its beginning. */
  lines: AsyncGenerator<string, void>;
  /** Devices with files under a passphrase, and how many of them are opened: evenly spread, the first and the last among them. */
  locked: number;
  chosen: number;
  passphraseOf: (device: ManifestDevice) => string | undefined;
  read: (device: ManifestDevice) => Promise<DeviceContents>;
  judging: Judging;
  crypto: Crypto;
};

export class UnlockRun {
  readonly #plan: UnlockPlan;
  #line = 0;
  /** Counts devices with such files, and those that were taken. */
  #seen = 0;
  #taken = 0;
  #first: UnlockedDevices | undefined;

  constructor(plan: UnlockPlan) {
    this.#plan = plan;
  }

  /** Tries the first devices. @returns whether the passphrase opened anything of them, or something else is wrong with them */
  async begin(): Promise<boolean> {
    const first = await this.#open(DEVICES_TRIED);
    this.#first = first;
    const isWrong = ({ fault }: UnlockedDevices['faulty'][number]) =>
      fault.kind === 'passphrase-wrong' || fault.kind === 'passphrase-missing';
    return first === undefined || first.opened > 0 || !first.faulty.every(isWrong);
  }

  /** @returns undefined when all that were chosen are opened */
  async next(devicesMax: number): Promise<UnlockedDevices | undefined> {
    const first = this.#first;
    this.#first = undefined;
    return first ?? (await this.#open(devicesMax));
  }

  async close(): Promise<void> {
    await this.#plan.lines.return();
  }

  async #open(devicesMax: number): Promise<UnlockedDevices | undefined> {
    const devices: { line: number; device: ManifestDevice }[] = [];
    while (devices.length < devicesMax && this.#taken < this.#plan.chosen) {
      const read = await this.#plan.lines.next();
      if (read.done) break;
      this.#line += 1;
      const device = readManifestLine(read.value);
      if (device?.files.some(({ name }) => isLockedFile(name)) && this.#isChosen())
        devices.push({ line: this.#line, device });
    }
    if (devices.length === 0) return undefined;
    const sums: UnlockedDevices = {
      devices: devices.length,
      opened: 0,
      keysMatching: 0,
      certificates: 0,
      signatures: 0,
      templates: 0,
      faulty: [],
    };
    // Deriving a key does not hold this thread: the browser does several at once where it has the processors.
    const judged = await Promise.all(devices.map(({ device }) => this.#openDevice(device, sums)));
    for (const [index, { line, device }] of devices.entries()) {
      for (const fault of judged[index] ?? [])
        sums.faulty.push({ line, commonName: device.commonName, fault });
    }
    return sums;
  }

  #isChosen(): boolean {
    const { locked, chosen } = this.#plan;
    const place = chosen === 1 ? 0 : Math.round((this.#taken * (locked - 1)) / (chosen - 1));
    const isChosen = this.#seen === place;
    this.#seen += 1;
    if (isChosen) this.#taken += 1;
    return isChosen;
  }

  async #openDevice(device: ManifestDevice, sums: UnlockedDevices): Promise<BundleDeviceFault[]> {
    const { judging, crypto, passphraseOf, read } = this.#plan;
    const contents = await read(device);
    const locked = contents.filter(({ name }) => isLockedFile(name));
    const passphrase = passphraseOf(device);
    const faults: BundleDeviceFault[] = [];
    const unlocked: UnlockedFile[] = [];
    if (passphrase === undefined) faults.push({ kind: 'passphrase-missing' });
    else {
      for (const file of locked) {
        const opened = await openLockedFile(file, passphrase, crypto);
        if (opened.ok) unlocked.push(opened.value);
        else faults.push(opened.failure satisfies LockedFault);
      }
    }
    const isWhole = locked.length > 0 && unlocked.length === locked.length;
    // What lies beside them in the clear was judged before.
    const wasJudged = contents.some(({ name }) => /\.(crt|cer)$/.test(name));
    const { leaf, isIssuerKnown, isFitting, ...judged } = await judgeDevice(
      device,
      contents,
      judging,
      unlocked,
    );
    const isNew = (fault: BundleDeviceFault) =>
      'file' in fault ? isLockedFile(fault.file) : !wasJudged && leaf !== undefined;
    const found = judged.faults.filter(isNew);
    faults.push(...found);
    if (isWhole) sums.opened += 1;
    if (unlocked.length > 0 && judged.key === 'matches') sums.keysMatching += 1;
    if (unlocked.some(({ certificates }) => certificates !== undefined)) sums.certificates += 1;
    if (!wasJudged && leaf !== undefined) {
      if (isIssuerKnown) sums.signatures += 1;
      if (isFitting) sums.templates += 1;
    }
    return faults;
  }
}
