/** What was dropped, picked or pasted. `name` is undefined for pasted text. */
export type FileContent = { name: string | undefined; bytes: Uint8Array<ArrayBuffer> };

export type FileFault =
  | { code: 'tooLarge'; name: string; bytes: number }
  | { code: 'empty'; name: string }
  | { code: 'unreadable'; name: string };

export type FilesRead = { contents: FileContent[]; faults: FileFault[] };

/** Reads files into memory, each at most `bytesMax` long; what cannot be read becomes a fault, not an exception. */
export async function readFiles(files: readonly File[], bytesMax: number): Promise<FilesRead> {
  const read: FilesRead = { contents: [], faults: [] };
  for (const file of files) {
    const outcome = await readFile(file, bytesMax);
    if ('code' in outcome) read.faults.push(outcome);
    else read.contents.push(outcome);
  }
  return read;
}

async function readFile(file: File, bytesMax: number): Promise<FileContent | FileFault> {
  if (file.size > bytesMax) return { code: 'tooLarge', name: file.name, bytes: file.size };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return bytes.length === 0 ? { code: 'empty', name: file.name } : { name: file.name, bytes };
  } catch {
    // A folder, a link, or a file that vanished: browsers reject these with different errors and no more detail.
    return { code: 'unreadable', name: file.name };
  }
}

/** Pasted text as if it were a file, bound included. */
export function readText(text: string, bytesMax: number, name: string): FilesRead {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > bytesMax) {
    return { contents: [], faults: [{ code: 'tooLarge', name, bytes: bytes.length }] };
  }
  if (text.trim() === '') return { contents: [], faults: [{ code: 'empty', name }] };
  return { contents: [{ name: undefined, bytes }], faults: [] };
}
