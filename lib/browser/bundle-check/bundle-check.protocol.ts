/**
 * What the page asks of the PKI worker about a batch that was handed over. Keys are looked at in the worker and never answered.
 * @module
 */
import type { ArchiveFault } from '@/lib/browser/archive/zip-reader';
import type { DeviceCheckFault } from '@/lib/pki/check-bundle/device-checker';
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
};

/** What the ledger's batch is checked against; undefined where it is not known. */
export type CheckAgainst = { caPem: string | undefined; templateBody: string | undefined };

export type BundleDeviceFault =
  | DeviceCheckFault
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
  keysLocked: number;
  /** Devices that the CA's template would take. */
  templates: number;
  faulty: FaultyDevice[];
};

export type CheckedRest = {
  /** Files that neither the manifest nor the console knows; the first of them, and how many there are. */
  unlisted: string[];
  unlistedCount: number;
  /** manifest.csv, where there is one, says the same as manifest.jsonl. */
  isTableEqual: boolean | undefined;
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
  endBundleCheck: { input: { check: string }; answer: Result<CheckedRest, CheckClosed> };
  closeBundleCheck: { input: null; answer: Result<null, never> };
};
