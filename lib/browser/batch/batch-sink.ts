/**
 * Where the files of a batch go: one ZIP, on disk while it grows or in the browser's hands, or a folder that the person picked.
 * @module
 */
import type { ArchivePart } from '@/lib/browser/archive/part-buffer';
import { type ZipEntry, ZipWriter } from '@/lib/browser/archive/zip-writer';

export type BatchSink = {
  /** Resolves when there is room for the next; the contents may be overwritten then. */
  put(entries: readonly ZipEntry[]): Promise<void>;
  /** What went out is whole from here on. @returns the archive where the browser holds it */
  end(): Promise<Blob | undefined>;
  /** What went out is thrown away as far as the browser allows. */
  abort(): Promise<void>;
};

/** The part of a FileSystemWritableFileStream that is used; the browser keeps what is written aside until `close`. */
export type PartWriter = {
  write(part: ArchivePart): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
};

/** One ZIP into a file that the person picked. */
export function zipFileSink(file: PartWriter, modified: Date): BatchSink {
  const waiting: ArchivePart[] = [];
  const zip = new ZipWriter((part) => waiting.push(part), modified);
  const drain = async () => {
    for (const part of waiting.splice(0)) {
      await file.write(part);
      zip.recycle(part);
    }
  };
  return {
    async put(entries) {
      for (const entry of entries) zip.add(entry);
      if (waiting.length > 0) await drain();
    },
    async end() {
      zip.end();
      await drain();
      await file.close();
      return undefined;
    },
    abort: () => file.abort(),
  };
}

/** One ZIP as a Blob, for browsers that cannot write to disk. Each part becomes a Blob at once, which the browser may keep on disk. */
export function zipBlobSink(modified: Date): BatchSink {
  const parts: Blob[] = [];
  const zip = new ZipWriter((part) => {
    parts.push(new Blob([part]));
    zip.recycle(part);
  }, modified);
  return {
    async put(entries) {
      for (const entry of entries) zip.add(entry);
    },
    async end() {
      zip.end();
      return new Blob(parts, { type: 'application/zip' });
    },
    async abort() {
      parts.length = 0;
    },
  };
}

/** The part of a FileSystemDirectoryHandle that is used. */
export type Folder = {
  getDirectoryHandle(name: string, options: { create: true }): Promise<Folder>;
  getFileHandle(name: string, options: { create: true }): Promise<{ createWritable(): Promise<PartWriter> }>;
};

/** Every file by itself into a folder: each is whole or not there, and what is there already is replaced. */
export function folderSink(root: Folder): BatchSink {
  return {
    async put(entries) {
      for (const entry of entries) await putFile(root, entry);
    },
    end: async () => undefined,
    // Whole files of whole devices stay: the person picked the folder and sees them.
    abort: async () => undefined,
  };
}

async function putFile(root: Folder, { name, content }: ZipEntry): Promise<void> {
  const path = name.split('/');
  const fileName = path.pop() ?? name;
  let folder = root;
  for (const step of path) folder = await folder.getDirectoryHandle(step, { create: true });
  const file = await (await folder.getFileHandle(fileName, { create: true })).createWritable();
  try {
    const parts = content instanceof Uint8Array ? [content.slice()] : content.parts;
    for (const part of parts) await file.write(part);
    await file.close();
  } catch (fault) {
    await file.abort().catch(() => undefined);
    throw fault;
  }
}
