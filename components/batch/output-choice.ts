/**
 * Where a batch can be written in this browser, and the asking for it.
 * @module
 */
import type { BatchTarget } from '@/lib/browser/batch/batch.protocol';
import { fail, ok, type Result } from '@/lib/result';

export const OUTPUT_KINDS = ['file', 'folder', 'download'] as const;
export type OutputKind = (typeof OUTPUT_KINDS)[number];

/** File System Access, WICG; TypeScript's library does not have the pickers. */
type Pickers = {
  showSaveFilePicker(options: {
    suggestedName: string;
    types: { accept: Record<string, string[]> }[];
  }): Promise<FileSystemFileHandle>;
  showDirectoryPicker(options: { mode: 'readwrite' }): Promise<FileSystemDirectoryHandle>;
};

function hasPickers(scope: object): scope is Pickers {
  return 'showSaveFilePicker' in scope && 'showDirectoryPicker' in scope;
}

/** Firefox and Safari can download only. */
export function offeredOutputs(): readonly OutputKind[] {
  return typeof window !== 'undefined' && hasPickers(window) ? OUTPUT_KINDS : ['download'];
}

/** The person closed the picker, or the browser did not open it or let its choice be used: `reason` is its name for that. */
type NoTarget = { kind: 'picker-closed' } | { kind: 'picker-refused'; reason: string };

/** Has to be called in a click. */
export async function chooseTarget(
  kind: OutputKind,
  suggestedName: string,
): Promise<Result<BatchTarget, NoTarget>> {
  const scope: object = window;
  if (kind === 'download' || !hasPickers(scope)) return ok({ kind: 'download' });
  try {
    if (kind === 'folder') {
      return ok({ kind, handle: await scope.showDirectoryPicker({ mode: 'readwrite' }) });
    }
    const types = [{ accept: { 'application/zip': ['.zip'] } }];
    return ok({ kind, handle: await scope.showSaveFilePicker({ suggestedName, types }) });
  } catch (fault) {
    if (!(fault instanceof DOMException)) throw fault;
    return fault.name === 'AbortError'
      ? fail({ kind: 'picker-closed' })
      : fail({ kind: 'picker-refused', reason: fault.name });
  }
}
