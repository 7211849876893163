/**
 * The files of a batch as they were handed over: in an archive or in a folder.
 * @module
 */
import type { ZipReader } from '@/lib/browser/archive/zip-reader';

export type BundleFiles = Pick<ZipReader, 'names' | 'take' | 'untaken' | 'read' | 'stream'>;

export type FolderFile = { path: string; file: Blob };

/** Files that were picked or dropped; nothing of them is read before it is asked for. */
export function folderFiles(files: readonly FolderFile[]): BundleFiles {
  const byPath = new Map(files.map(({ path, file }) => [path, file]));
  const taken = new Set<string>();
  return {
    names: () => byPath.keys(),
    take(name) {
      taken.add(name);
      return byPath.has(name);
    },
    *untaken() {
      for (const name of byPath.keys()) if (!taken.has(name)) yield name;
    },
    async read(name, bytesMax) {
      const file = byPath.get(name);
      if (file === undefined || file.size > bytesMax) return undefined;
      try {
        return new Uint8Array(await file.arrayBuffer());
      } catch {
        // It was moved or changed since it was picked.
        return undefined;
      }
    },
    stream: async (name) => byPath.get(name)?.stream(),
  };
}
