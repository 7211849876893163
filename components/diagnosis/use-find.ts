'use client';

import { useState, useTransition } from 'react';
import type { FileContent } from '@/components/ui/file-content';
import { orNoAnswer } from '@/components/ui/no-answer';
import { pkiClient } from '@/lib/browser/pki-client';
import type { Brought, BroughtFault } from '@/lib/browser/read-brought';
import { orStopped, type WorkerStopped } from '@/lib/browser/worker-stopped';
import { broughtLookUp } from '@/lib/diagnosis/brought-look-up';
import { isNothing, type LookUp } from '@/lib/diagnosis/look-up';
import { derOfBase64, readText, type TextReading } from '@/lib/diagnosis/read-text';
import type { SearchAnswer } from '@/lib/diagnosis/search-answer';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

export type LookUpDevice = (
  input: { environment: string } & MutableLookUp,
) => Promise<Result<SearchAnswer, Failure>>;

/** As an action takes it. */
type MutableLookUp = {
  certificateIds: string[];
  caIds: string[];
  things: string[];
  names: string[];
  serials: string[];
  certificatePem?: string | undefined;
  given?: LookUp['given'];
};

/** What was recognised. */
export type Recognition =
  | { kind: 'text'; reading: TextReading }
  | { kind: 'files'; brought: Extract<Brought, { kind: 'files' }> };

export type FindState = {
  recognition?: Recognition | undefined;
  fault?: BroughtFault | WorkerStopped | undefined;
  /** A PKCS#12 file that waits for its passphrase; it stays in the page. */
  locked?: { file: FileContent; isWrong: boolean } | undefined;
  answer?: SearchAnswer | undefined;
  failure?: Failure | undefined;
  /** What was read says something by itself, at that time. */
  said?: { given: NonNullable<LookUp['given']>; at: Date } | undefined;
};

/** Reads what was brought in the page, and asks the console with what is public of it. */
export function useFind(environment: string, lookUp: LookUpDevice) {
  const [state, setState] = useState<FindState>({});
  const [isPending, startTransition] = useTransition();

  async function ask(recognition: Recognition, wanted: LookUp): Promise<FindState> {
    const said = wanted.given && { given: wanted.given, at: new Date() };
    if (isNothing(wanted)) return { recognition, said };
    const answer = await orNoAnswer(
      lookUp({
        environment,
        certificateIds: [...wanted.certificateIds],
        caIds: [...wanted.caIds],
        things: [...wanted.things],
        names: [...wanted.names],
        serials: [...wanted.serials],
        certificatePem: wanted.certificatePem,
        given: wanted.given,
      }),
    );
    if (!answer.ok) return { recognition, failure: answer.failure };
    // The diagnosis of the device has it as well.
    return { recognition, answer: answer.value, said: answer.value.device === undefined ? said : undefined };
  }

  async function find(text: string): Promise<FindState> {
    const reading = readText(text);
    if (reading.kind === 'pem') {
      return findFile(
        { name: undefined, bytes: derOfBase64(text) ?? new TextEncoder().encode(text) },
        undefined,
      );
    }
    return ask({ kind: 'text', reading }, reading.lookUp);
  }

  async function findFile(file: FileContent, passphrase: string | undefined): Promise<FindState> {
    const read = await orStopped(
      pkiClient().call('readBrought', { file: { name: file.name ?? '', bytes: file.bytes }, passphrase }),
    );
    if (!read.ok) {
      const { kind } = read.failure;
      const isLocked = kind === 'passphrase-needed' || kind === 'passphrase-wrong';
      return isLocked ? { locked: { file, isWrong: kind === 'passphrase-wrong' } } : { fault: read.failure };
    }
    const brought = read.value;
    if (brought.kind === 'files') return ask({ kind: 'files', brought }, broughtLookUp(brought));
    const reading = readText(brought.text);
    // What is no PEM to the reader of files is none to be read again.
    return ask({ kind: 'text', reading }, reading.lookUp);
  }

  function run(work: () => Promise<FindState>) {
    startTransition(async () => setState(await work()));
  }

  return {
    state,
    isPending,
    findText: (text: string) => run(() => find(text)),
    findFile: (file: FileContent, passphrase?: string) => run(() => findFile(file, passphrase)),
    clear: () => run(async () => ({})),
  };
}
