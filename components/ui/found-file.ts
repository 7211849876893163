/** A file that was dropped or picked, and where it lies below what was dropped: `pump-1/pump-1.crt`. */
export type FoundFile = { path: string; file: File };

/** The part of a dropped folder that is used. */
type Folder = { name: string; getEntries(): AsyncIterable<Entry> };
type Entry = { kind: 'file'; name: string; getFile(): Promise<File> } | ({ kind: 'directory' } & Folder);

/** All files below a folder, in the browser's order, named as seen from the folder; at most `filesMax`. */
export async function filesInFolder(
  folder: Folder,
  filesMax: number,
): Promise<{ files: FoundFile[]; hasMore: boolean }> {
  const files: FoundFile[] = [];
  const waiting = [{ folder, path: '' }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for await (const entry of next.folder.getEntries()) {
      const path = `${next.path}${entry.name}`;
      if (entry.kind === 'directory') waiting.push({ folder: entry, path: `${path}/` });
      else if (files.length === filesMax) return { files, hasMore: true };
      else files.push({ path, file: await entry.getFile() });
    }
  }
  return { files, hasMore: false };
}

/** Browsers put the picked folder's own name before each path (File and Directory Entries API, `webkitRelativePath`). */
export function pickedFiles(list: FileList | null): FoundFile[] {
  return [...(list ?? [])].map((file) => ({
    path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath.replace(/^[^/]*\//, ''),
    file,
  }));
}
