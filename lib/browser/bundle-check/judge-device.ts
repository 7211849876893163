/**
 * One device of a batch: its files against its line of the manifest, against each other, and against the CA's template.
 * @module
 */
import type { CheckedDevice, DeviceChecker } from '@/lib/pki/check-bundle/device-checker';
import type { UnlockedFile } from '@/lib/pki/check-bundle/locked-file';
import { evaluate } from '@/lib/provisioning/evaluate';
import { UNKNOWN_REGISTRY } from '@/lib/provisioning/registry-facts';
import type { Template } from '@/lib/provisioning/template';
import type { BundleDeviceFault } from './bundle-check.protocol';
import type { ManifestDevice } from './manifest-lines';

export type DeviceContents = { name: string; content: Uint8Array<ArrayBuffer> }[];

export type Judging = { checker: DeviceChecker; template: Template | undefined };

export type JudgedDevice = Omit<CheckedDevice, 'faults'> & {
  faults: BundleDeviceFault[];
  /** Whether there is a template and it would take the device. */
  isFitting: boolean;
};

/** The contents are overwritten, and the keys of what was opened, whatever is found. */
export async function judgeDevice(
  device: ManifestDevice,
  contents: DeviceContents,
  { checker, template }: Judging,
  unlocked: readonly UnlockedFile[] = [],
): Promise<JudgedDevice> {
  const checked = await checker.check(device, contents, unlocked).finally(() => {
    for (const { content } of contents) content.fill(0);
    // The checker overwrites those that it compared: none where no file has the certificate of the manifest.
    for (const { key } of unlocked) key.fill(0);
  });
  const { leaf } = checked;
  const faults: BundleDeviceFault[] = [...checked.faults];
  if (leaf === undefined || template === undefined) return { ...checked, faults, isFitting: false };
  const certificate = {
    certificateId: device.certificateId,
    serialNumberDecimal: BigInt(`0x${leaf.serialHex}`).toString(),
    subject: leaf.subject,
  };
  const evaluation = evaluate({ template, certificate, registry: UNKNOWN_REGISTRY });
  const isFitting = evaluation.kind === 'plan';
  if (!isFitting) faults.push({ kind: 'template-refuses', failure: evaluation.failures[0] });
  return { ...checked, faults, isFitting };
}
