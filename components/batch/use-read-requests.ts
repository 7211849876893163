'use client';

import { useRef, useState } from 'react';
import type { FoundFile } from '@/components/ui/found-file';
import { BATCH_CHARACTERS_MAX, BATCH_REQUESTS_MAX } from '@/lib/batch/bounds';
import type { BroughtRequest } from '@/lib/batch/devices-of-requests';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped, type WorkerStopped } from '@/lib/browser/worker-stopped';
import { REQUEST_FILE_BYTES_MAX, type RequestsOfFile } from '@/lib/pki/read-requests';
import { fail } from '@/lib/result';
import type { ListedRequests } from './batch-input';

/** So many files go to the worker at once: a few tenths of a second. */
const FILES_AT_ONCE = 100;

/** What people and tools call a file with requests; one that is called so and has none is a mistake. */
const REQUEST_ENDINGS = /\.(csr|req|p10)$/i;

export type RequestsFault =
  | { kind: 'too-many' }
  | { kind: 'too-big' }
  | { kind: 'nothing' }
  | { kind: 'unreadable'; name: string }
  | WorkerStopped;

type Read = Omit<ListedRequests, 'nameSource'>;

/** Reads files slice by slice; what is given meanwhile counts alone. */
export function useReadRequests(onRead: (read: Read) => void) {
  const [progress, setProgress] = useState<{ done: number; all: number } | undefined>(undefined);
  const [fault, setFault] = useState<RequestsFault | undefined>(undefined);
  const latest = useRef(0);

  async function take(given: readonly FoundFile[], hasMore: boolean) {
    // Browsers give the files of a folder in any order; people look for theirs in this one.
    const files = given.toSorted((left, right) =>
      left.path.localeCompare(right.path, 'en', { numeric: true }),
    );
    latest.current += 1;
    const turn = latest.current;
    const isLatest = () => turn === latest.current;
    const end = (found: RequestsFault | undefined) => {
      if (!isLatest()) return;
      setProgress(undefined);
      setFault(found);
    };
    setFault(undefined);
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
    if (hasMore || files.length > BATCH_REQUESTS_MAX) return end({ kind: 'too-many' });
    if (bytes > BATCH_CHARACTERS_MAX || files.some(({ file }) => file.size > REQUEST_FILE_BYTES_MAX))
      return end({ kind: 'too-big' });

    const brought: BroughtRequest[] = [];
    const withKey: string[] = [];
    let leftOut = 0;
    for (let at = 0; at < files.length; at += FILES_AT_ONCE) {
      setProgress({ done: at, all: files.length });
      const slice = await contentsOf(files.slice(at, at + FILES_AT_ONCE));
      if ('kind' in slice) return end(slice);
      const read = await orStopped(pkiClient().call('readRequests', { files: slice }));
      if (!isLatest()) return;
      if (!read.ok) return end(read.failure);
      for (const file of read.value) {
        const found = requestsIn(file);
        brought.push(...found);
        if (file.hasPrivateKey) withKey.push(file.name);
        else if (found.length === 0) leftOut += 1;
      }
      if (brought.length > BATCH_REQUESTS_MAX) return end({ kind: 'too-many' });
    }
    if (brought.length === 0) return end({ kind: 'nothing' });
    onRead({ brought, withKey, leftOut });
    end(undefined);
  }

  return {
    progress,
    fault,
    take: (files: readonly FoundFile[], hasMore: boolean) => void take(files, hasMore),
  };
}

function requestsIn({ name, requests }: { name: string } & RequestsOfFile): BroughtRequest[] {
  if (requests.length === 0 && REQUEST_ENDINGS.test(name)) {
    return [{ place: name, read: fail({ kind: 'request-missing' }) }];
  }
  return requests.map((read, index) => ({
    place: requests.length === 1 ? name : `${name} #${index + 1}`,
    read,
  }));
}

async function contentsOf(files: readonly FoundFile[]) {
  const contents = [];
  for (const { path, file } of files) {
    try {
      contents.push({ name: path, bytes: new Uint8Array(await file.arrayBuffer()) });
    } catch {
      return { kind: 'unreadable', name: path } as const;
    }
  }
  return contents;
}
