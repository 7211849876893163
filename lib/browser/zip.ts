import { strToU8, zipSync } from 'fflate';
import type { BundleFile } from '@/lib/pki/bundle';

/** Stored, not deflated: keys and certificates are base64 of random bytes, and a few KB in all. */
export function zip(files: readonly BundleFile[]): Uint8Array<ArrayBuffer> {
  return zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)])), { level: 0 });
}
