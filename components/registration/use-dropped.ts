'use client';

import { useState } from 'react';
import type { FileContent } from '@/components/ui/file-content';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped } from '@/lib/browser/worker-stopped';
import { type IndexEntry, parseOpensslIndex } from '@/lib/pki/openssl-index';
import {
  type BroughtCertificate,
  broughtCertificates,
  type KnownCa,
  type ReadFile,
} from '@/lib/registry/brought-certificates';

export type Dropped = {
  certificates: readonly BroughtCertificate[];
  /** Files with a private key in them: nothing of them was kept. */
  keyFiles: readonly string[];
  /** Files in which nothing was found that could be used. */
  otherFiles: readonly string[];
  isReading: boolean;
  take: (contents: readonly FileContent[]) => Promise<void>;
  clear: () => void;
};

type Kept = { files: ReadFile[]; index: IndexEntry[]; keyFiles: string[]; otherFiles: string[] };
const NOTHING: Kept = { files: [], index: [], keyFiles: [], otherFiles: [] };

/** What has been dropped so far, each file read in the worker. A file with a private key in it is not kept at all. */
export function useDropped(cas: readonly KnownCa[]): Dropped {
  const [kept, setKept] = useState<Kept>(NOTHING);
  const [certificates, setCertificates] = useState<readonly BroughtCertificate[]>([]);
  const [isReading, setReading] = useState(false);

  async function take(contents: readonly FileContent[]) {
    setReading(true);
    const next: Kept = {
      files: [...kept.files],
      index: [...kept.index],
      keyFiles: [...kept.keyFiles],
      otherFiles: [...kept.otherFiles],
    };
    for (const { name = '–', bytes } of contents) {
      const entries = parseOpensslIndex(new TextDecoder().decode(bytes));
      if (entries.length > 0) {
        next.index.push(...entries);
        continue;
      }
      const read = await orStopped(pkiClient().call('recognise', { file: bytes }));
      const items = read.ok ? read.value : [];
      if (items.some(({ kind }) => kind === 'private-key' || kind === 'unsupported'))
        next.keyFiles.push(name);
      else if (items.some(({ kind }) => kind === 'certificate')) next.files.push({ name, items });
      else next.otherFiles.push(name);
    }
    setKept(next);
    setCertificates(await broughtCertificates(next.files, cas, next.index, { crypto, nowMs: Date.now() }));
    setReading(false);
  }

  return {
    certificates,
    keyFiles: kept.keyFiles,
    otherFiles: kept.otherFiles,
    isReading,
    take,
    clear: () => {
      setKept(NOTHING);
      setCertificates([]);
    },
  };
}
