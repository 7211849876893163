/**
 * The files of a device, each with what the manifest says of it.
 * @module
 */
import { sha256HexOf } from '@/lib/pki/digest';
import type { BundleDeviceFault } from './bundle-check.protocol';
import type { BundleFiles } from './bundle-files';
import type { DeviceContents } from './judge-device';
import type { ManifestDevice } from './manifest-lines';

/** Far above the biggest file of a device, firmware sources with a chain of RSA 4096. */
export const DEVICE_FILE_BYTES_MAX = 262_144;

type Found = { name: string; sha256: string; content: Uint8Array<ArrayBuffer> | undefined }[];

/** @param root of everything: the archive may hold the batch in a folder. @returns those that are there; undefined content cannot be read */
export async function readDevice(
  { files: listed }: ManifestDevice,
  { files, root }: { files: BundleFiles; root: string },
): Promise<Found> {
  const found: Found = [];
  for (const { name, sha256 } of listed) {
    const path = `${root}${name}`;
    if (files.take(path))
      found.push({ name, sha256, content: await files.read(path, DEVICE_FILE_BYTES_MAX) });
  }
  return found;
}

export function contentsOf(found: Found): DeviceContents {
  return found.flatMap(({ name, content }) => (content === undefined ? [] : [{ name, content }]));
}

/** In the manifest's order: what is missing, cannot be read, or was changed. */
export async function fileFaults(
  { files: listed }: ManifestDevice,
  found: Found,
  crypto: Crypto,
): Promise<BundleDeviceFault[]> {
  const digests = await Promise.all(found.map(({ content }) => content && sha256HexOf(content, crypto)));
  const kinds = new Map<string, 'file-unreadable' | 'file-changed' | undefined>(
    found.map(({ name, sha256 }, index) => [
      name,
      digests[index] === undefined
        ? 'file-unreadable'
        : digests[index] === sha256
          ? undefined
          : 'file-changed',
    ]),
  );
  return listed.flatMap(({ name: file }): BundleDeviceFault[] => {
    if (!kinds.has(file)) return [{ kind: 'file-missing', file }];
    const kind = kinds.get(file);
    return kind === undefined ? [] : [{ kind, file }];
  });
}
