/**
 * The files of a dropped bundle, ZIPs opened, within bounds that hold whatever a file says of itself.
 * @module
 */
import { type Unzipped, unzipSync } from 'fflate';
import type { BundleInput } from '@/lib/pki/read-bundle';
import { fail, ok, type Result } from '@/lib/result';

/** A bundle is six files of a few KB each; one with a whole trust store is still below. */
export const BUNDLE_BYTES_MAX = 524_288;
/** What it may unpack to: certificates hardly compress. */
const UNPACKED_BYTES_MAX = 1_048_576;
const FILES_MAX = 64;

export type BundleFault =
  | { kind: 'bundle-too-big'; bytesMax: number }
  | { kind: 'bundle-too-many-files'; filesMax: number }
  | { kind: 'bundle-unreadable'; name: string };

const isZip = ([p, k, three, four]: Uint8Array): boolean =>
  p === 0x50 && k === 0x4b && three === 3 && four === 4;

/** A ZIP within a ZIP stays closed. */
export function openBundle(files: readonly BundleInput[]): Result<BundleInput[], BundleFault> {
  const opened: BundleInput[] = [];
  let bytes = 0;
  for (const file of files) {
    const content = isZip(file.bytes) ? unpack(file) : ok([file]);
    if (!content.ok) return content;
    opened.push(...content.value);
    bytes += content.value.reduce((sum, each) => sum + each.bytes.length, 0);
    if (bytes > UNPACKED_BYTES_MAX) return tooBig;
    if (opened.length > FILES_MAX) return tooMany;
  }
  return ok(opened);
}

const tooBig = fail({ kind: 'bundle-too-big', bytesMax: UNPACKED_BYTES_MAX } as const);
const tooMany = fail({ kind: 'bundle-too-many-files', filesMax: FILES_MAX } as const);

function unpack({ name, bytes }: BundleInput): Result<BundleInput[], BundleFault> {
  let unpackedBytes = 0;
  let count = 0;
  let entries: Unzipped;
  try {
    // The library unpacks into a buffer of the size that the entry declares and no further, so the sum of those is the bound.
    entries = unzipSync(bytes, {
      filter({ originalSize }) {
        count += 1;
        unpackedBytes += originalSize;
        return count <= FILES_MAX && unpackedBytes <= UNPACKED_BYTES_MAX;
      },
    });
  } catch {
    return fail({ kind: 'bundle-unreadable', name });
  }
  if (unpackedBytes > UNPACKED_BYTES_MAX) return tooBig;
  if (count > FILES_MAX) return tooMany;
  const inside = Object.entries(entries).filter(([, content]) => content.length > 0);
  return inside.length === 0
    ? fail({ kind: 'bundle-unreadable', name })
    : ok(inside.map(([path, content]) => ({ name: path, bytes: content })));
}
