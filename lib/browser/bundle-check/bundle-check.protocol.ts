/**
 * What the page asks of the PKI worker about a batch that was handed over. Keys are looked at in the worker and never answered.
 * @module
 */
import type { ArchiveFault } from '@/lib/browser/archive/zip-reader';
import type { DeviceCheckFault } from '@/lib/pki/check-bundle/device-checker';
import type { LockedFault } from '@/lib/pki/check-bundle/locked-file';
import type { ProvisioningFailure } from '@/lib/provisioning/provisioning-failure';
import type { Result } from '@/lib/result';
import type { FolderFile } from './bundle-files';

export type BundleSource =
  | { kind: 'archive'; archive: Blob }
  | { kind: 'folder'; files: readonly FolderFile[] };

/** No manifest.jsonl is in it. */
type ManifestMissing = { kind: 'manifest-missing' };
type CheckClosed = { kind: 'check-closed' };

export type OpenedBundle = {
  /** Names the check until it is closed. */
  check: string;
  files: number;
  /** Lines of the manifest. */
  devices: number;
  manifestSha256: string;
  /** Of the first devices: who knows them knows the batch. */
  certificateIds: string[];
  serverRootPem: string | undefined;
  /** Its own passphrases.csv lies in it. */
  hasPassphrases: boolean;
};

/** What the ledger's batch is checked against; undefined where it is not known. */
export type CheckAgainst = { caPem: string | undefined; templateBody: string | undefined };

export type BundleDeviceFault =
  | DeviceCheckFault
  | LockedFault
  /** The list of passphrases has none for it. */
  | { kind: 'passphrase-missing' }
  | { kind: 'line-unreadable' }
  /** The certificate stands in the manifest for the second time. */
  | { kind: 'device-twice' }
  | { kind: 'file-missing'; file: string }
  /** Longer than any file of a device, or it does not unpack. */
  | { kind: 'file-unreadable'; file: string }
  | { kind: 'file-changed'; file: string }
  /** The CA's template would not provision it. */
  | { kind: 'template-refuses'; failure: ProvisioningFailure };

export type FaultyDevice = { line: number; commonName: string; fault: BundleDeviceFault };

/** Of the devices that were checked in one step. */
export type CheckedDevices = {
  devices: number;
  files: number;
  certificates: number;
  /** Of these the signer is known and checked. */
  signatures: number;
  keysMatching: number;
  /** Devices with a file under a passphrase, of which nothing but its digest is known here. */
  keysLocked: number;
  /** Devices that the CA's template would take. */
  templates: number;
  faulty: FaultyDevice[];
};

export type CheckedCounts = Omit<CheckedDevices, 'faulty'>;

export const NOTHING_CHECKED: CheckedCounts = {
  devices: 0,
  files: 0,
  certificates: 0,
  signatures: 0,
  keysMatching: 0,
  keysLocked: 0,
  templates: 0,
};

export type CheckedRest = {
  /** Files that neither the manifest nor the console knows; the first of them, and how many there are. */
  unlisted: string[];
  unlistedCount: number;
  /** manifest.csv, where there is one, says the same as manifest.jsonl. */
  isTableEqual: boolean | undefined;
};

/** `common`: one for all devices; `own`: the batch's passphrases.csv, or the one that came on another way. */
export type Passphrases = { kind: 'common'; passphrase: string } | { kind: 'own'; list: Blob | undefined };

/** Nothing of the first devices could be opened with it. */
type PassphraseRefused = { kind: 'passphrase-wrong' } | { kind: 'passphrases-unreadable' };

/** Of the devices whose files under a passphrase were opened in one step. */
export type UnlockedDevices = {
  devices: number;
  /** Of these every such file. */
  opened: number;
  keysMatching: number;
  /** With certificates in PKCS #12. */
  certificates: number;
  /** Of devices whose certificate lies in PKCS #12 alone: the signer is known and checked; the CA's template would take it. */
  signatures: number;
  templates: number;
  faulty: FaultyDevice[];
};

export type BundleCheckOperations = {
  openBundleCheck: {
    input: { source: BundleSource };
    answer: Result<OpenedBundle, ArchiveFault | ManifestMissing>;
  };
  /** The next devices of the manifest; null when all are checked. */
  checkDevices: {
    input: { check: string; against: CheckAgainst; devicesMax: number };
    answer: Result<CheckedDevices | null, CheckClosed>;
  };
  /**
   * When all devices are checked: begins to open what is under a passphrase, of `devicesMax` devices evenly spread or of all.
   * Answers of how many.
   */
  beginUnlock: {
    input: { check: string; passphrases: Passphrases; devicesMax: number };
    answer: Result<{ devices: number }, CheckClosed | PassphraseRefused>;
  };
  /** The next of them; null when all are opened. */
  unlockDevices: {
    input: { check: string; devicesMax: number };
    answer: Result<UnlockedDevices | null, CheckClosed>;
  };
  /** Forgets the passphrases. */
  endUnlock: { input: { check: string }; answer: Result<null, CheckClosed> };
  /** What is left of the first pass; the batch can still be opened until the check is closed. */
  endBundleCheck: { input: { check: string }; answer: Result<CheckedRest, CheckClosed> };
  closeBundleCheck: { input: null; answer: Result<null, never> };
};
