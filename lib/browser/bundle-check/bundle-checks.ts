/**
 * The check of one batch: opened, gone through device by device, ended. Whoever opens another one leaves it.
 * @module
 */
import { ZipReader } from '@/lib/browser/archive/zip-reader';
import { MANIFEST_NAME, manifestRows } from '@/lib/browser/batch/batch-manifest';
import { PASSPHRASES_NAME, SERVER_ROOT_NAME } from '@/lib/browser/batch/batch-output';
import { toHex } from '@/lib/pki/bytes';
import { DeviceChecker } from '@/lib/pki/check-bundle/device-checker';
import { isLockedFile } from '@/lib/pki/check-bundle/locked-file';
import { decodeText } from '@/lib/pki/decode-text';
import { sha256 } from '@/lib/pki/digest';
import { parseTemplate, type Template } from '@/lib/provisioning/template';
import { fail, ok } from '@/lib/result';
import {
  type BundleCheckOperations,
  type BundleDeviceFault,
  type BundleSource,
  type CheckAgainst,
  type CheckedDevices,
  NOTHING_CHECKED,
  type Passphrases,
} from './bundle-check.protocol';
import { type BundleFiles, folderFiles } from './bundle-files';
import { type DeviceContents, judgeDevice } from './judge-device';
import { type ManifestDevice, manifestLines, readManifestLine } from './manifest-lines';
import { readPassphraseList } from './passphrase-list';
import { contentsOf, DEVICE_FILE_BYTES_MAX, fileFaults, readDevice } from './read-device';
import { restOf, startTable } from './rest-of-batch';
import type { TableCheck } from './table-check';
import { UnlockRun } from './unlock-run';

type Answer<Name extends keyof BundleCheckOperations> = Promise<BundleCheckOperations[Name]['answer']>;
type Input<Name extends keyof BundleCheckOperations> = BundleCheckOperations[Name]['input'];
type Context = { crypto: Crypto; now: Date };

/** As many devices are between their first and their last step at once. */
const DEVICES_AT_ONCE = 16;
const CERTIFICATE_IDS_SHOWN = 3;

type Check = {
  id: string;
  files: BundleFiles;
  /** Of everything: the archive may hold the batch in a folder. */
  root: string;
  lines: AsyncGenerator<string, void>;
  line: number;
  checker: DeviceChecker | undefined;
  template: Template | undefined;
  certificateIds: Set<string>;
  /** Undefined where there is no manifest.csv. */
  table: TableCheck | undefined;
  /** Devices with files under a passphrase. */
  locked: number;
  unlocking: UnlockRun | undefined;
};

export class BundleChecks {
  #check: Check | undefined;

  async open({ source }: Input<'openBundleCheck'>, { crypto }: Context): Answer<'openBundleCheck'> {
    await this.close();
    const opened = await filesOf(source);
    if (!opened.ok) return opened;
    const files = opened.value;
    let count = 0;
    let manifest: string | undefined;
    for (const name of files.names()) {
      count += 1;
      const isManifest = name === MANIFEST_NAME || name.endsWith(`/${MANIFEST_NAME}`);
      if (isManifest && (manifest === undefined || name.length < manifest.length)) manifest = name;
    }
    const first = manifest === undefined ? undefined : await files.stream(manifest);
    const second = manifest === undefined ? undefined : await files.stream(manifest);
    if (manifest === undefined || first === undefined || second === undefined) {
      return fail({ kind: 'manifest-missing' });
    }
    const root = manifest.slice(0, -MANIFEST_NAME.length);
    const digest = sha256.create();
    let devices = 0;
    const certificateIds: string[] = [];
    for await (const line of manifestLines(first, (part) => digest.update(part))) {
      devices += 1;
      const id = devices <= CERTIFICATE_IDS_SHOWN ? readManifestLine(line)?.certificateId : undefined;
      if (id !== undefined) certificateIds.push(id);
    }
    const serverRoot = await files.read(`${root}${SERVER_ROOT_NAME}`, DEVICE_FILE_BYTES_MAX);
    const serverRootText = serverRoot && decodeText(serverRoot);
    this.#check = {
      id: crypto.randomUUID(),
      files,
      root,
      lines: manifestLines(second),
      line: 0,
      checker: undefined,
      template: undefined,
      certificateIds: new Set(),
      table: await startTable(files, root),
      locked: 0,
      unlocking: undefined,
    };
    return ok({
      check: this.#check.id,
      files: count,
      devices,
      manifestSha256: toHex(digest.digest()),
      certificateIds,
      serverRootPem: typeof serverRootText === 'string' ? serverRootText : undefined,
      hasPassphrases: files.take(`${root}${PASSPHRASES_NAME}`),
    });
  }

  async next(
    { check: id, against, devicesMax }: Input<'checkDevices'>,
    context: Context,
  ): Answer<'checkDevices'> {
    const check = this.#find(id);
    if (check === undefined) return fail({ kind: 'check-closed' });
    check.checker ??= startChecker(check, against, context);
    const { checker } = check;
    const waiting: { line: number; device: ManifestDevice | undefined }[] = [];
    while (waiting.length < devicesMax) {
      const read = await check.lines.next();
      if (read.done) break;
      check.line += 1;
      waiting.push({ line: check.line, device: readManifestLine(read.value) });
    }
    if (waiting.length === 0) return ok(null);
    const sums: CheckedDevices = { ...NOTHING_CHECKED, devices: waiting.length, faulty: [] };
    // Files are read in the manifest's order, which is that of the archive; certificates and keys are judged meanwhile.
    const judging = new Set<Promise<void>>();
    for (const { line, device } of waiting) {
      const note = (faults: readonly BundleDeviceFault[]) => {
        for (const fault of faults) sums.faulty.push({ line, commonName: device?.commonName ?? '', fault });
      };
      if (device === undefined) {
        note([unreadable]);
        continue;
      }
      await check.table?.expect(utf8.encode(manifestRows(device)));
      const found = await readDevice(device, check);
      if (check.certificateIds.has(device.certificateId)) note([{ kind: 'device-twice' }]);
      check.certificateIds.add(device.certificateId);
      sums.files += device.files.length;
      if (device.files.some(({ name }) => isLockedFile(name))) {
        sums.keysLocked += 1;
        check.locked += 1;
      }
      const judged = fileFaults(device, found, context.crypto).then(async (faults) => {
        note(faults);
        note(await judge(device, contentsOf(found), { check, checker }, sums));
      });
      judging.add(judged);
      void judged.finally(() => judging.delete(judged));
      if (judging.size >= DEVICES_AT_ONCE) await Promise.race(judging);
    }
    await Promise.all(judging);
    sums.faulty.sort((left, right) => left.line - right.line);
    return ok(sums);
  }

  async end({ check: id }: Input<'endBundleCheck'>): Answer<'endBundleCheck'> {
    const check = this.#find(id);
    return check === undefined ? fail({ kind: 'check-closed' }) : ok(await restOf(check));
  }

  async beginUnlock(
    { check: id, passphrases, devicesMax }: Input<'beginUnlock'>,
    context: Context,
  ): Answer<'beginUnlock'> {
    const check = this.#find(id);
    const stream = await check?.files.stream(`${check.root}${MANIFEST_NAME}`);
    if (check?.checker === undefined || stream === undefined) return fail({ kind: 'check-closed' });
    await check.unlocking?.close();
    const passphraseOf = await passphrasesOf(passphrases, check);
    if (passphraseOf === undefined) return fail({ kind: 'passphrases-unreadable' });
    const chosen = Math.min(check.locked, Math.max(1, devicesMax));
    check.unlocking = new UnlockRun({
      lines: manifestLines(stream),
      locked: check.locked,
      chosen,
      passphraseOf,
      // Their digests were compared before.
      read: async (device) => contentsOf(await readDevice(device, check)),
      judging: { checker: check.checker, template: check.template },
      crypto: context.crypto,
    });
    if (await check.unlocking.begin()) return ok({ devices: chosen });
    await this.endUnlock({ check: id });
    return fail({ kind: 'passphrase-wrong' });
  }

  async unlock({ check: id, devicesMax }: Input<'unlockDevices'>): Answer<'unlockDevices'> {
    const unlocking = this.#find(id)?.unlocking;
    if (unlocking === undefined) return fail({ kind: 'check-closed' });
    const opened = await unlocking.next(devicesMax);
    if (opened === undefined) await this.endUnlock({ check: id });
    return ok(opened ?? null);
  }

  async endUnlock({ check: id }: Input<'endUnlock'>): Answer<'endUnlock'> {
    const check = this.#find(id);
    if (check === undefined) return fail({ kind: 'check-closed' });
    await check.unlocking?.close();
    check.unlocking = undefined;
    return ok(null);
  }

  async close(): Promise<void> {
    const check = this.#check;
    this.#check = undefined;
    await check?.unlocking?.close();
    await check?.table?.close();
    await check?.lines.return();
  }

  #find(id: string): Check | undefined {
    return this.#check?.id === id ? this.#check : undefined;
  }
}

const utf8 = new TextEncoder();

const unreadable: BundleDeviceFault = { kind: 'line-unreadable' };

function startChecker(check: Check, { caPem, templateBody }: CheckAgainst, context: Context): DeviceChecker {
  const template = templateBody === undefined ? undefined : parseTemplate(templateBody);
  check.template = template?.ok ? template.value : undefined;
  return new DeviceChecker(caPem, context);
}

async function filesOf(source: BundleSource) {
  return source.kind === 'archive' ? ZipReader.open(source.archive) : ok(folderFiles(source.files));
}

/** @returns undefined where a list was asked for and there is none, or nothing in it */
async function passphrasesOf(
  passphrases: Passphrases,
  { files, root }: Check,
): Promise<((device: ManifestDevice) => string | undefined) | undefined> {
  if (passphrases.kind === 'common') return () => passphrases.passphrase;
  const stream = passphrases.list?.stream() ?? (await files.stream(`${root}${PASSPHRASES_NAME}`));
  const list = stream && (await readPassphraseList(stream));
  return list === undefined || list.size === 0 ? undefined : ({ certificateId }) => list.get(certificateId);
}

async function judge(
  device: ManifestDevice,
  contents: DeviceContents,
  { check, checker }: { check: Check; checker: DeviceChecker },
  sums: CheckedDevices,
): Promise<BundleDeviceFault[]> {
  const { leaf, key, isIssuerKnown, isFitting, faults } = await judgeDevice(device, contents, {
    checker,
    template: check.template,
  });
  if (leaf !== undefined) {
    sums.certificates += 1;
    if (isIssuerKnown) sums.signatures += 1;
  }
  if (key === 'matches') sums.keysMatching += 1;
  if (isFitting) sums.templates += 1;
  return faults;
}
