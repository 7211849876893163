/**
 * The files of a batch as the vault sees them: opened once, given chunk by chunk, ended. They are made on a thread of their own, so that
 * the next devices get their keys and signatures meanwhile.
 * @module
 */
import type { DeviceSurroundings } from '@/lib/pki/formats/device-files';
import type { FormatChoice } from '@/lib/pki/formats/device-format';
import type { Subject } from '@/lib/pki/subject';
import { fail, ok, type Result } from '@/lib/result';
import type { BatchEnd, BatchTarget, OutputRefused, PassphraseListPlace } from './batch.protocol';
import { BatchOutput, DeviceFilesFault } from './batch-output';
import { type BatchSink, folderSink, zipBlobSink, zipFileSink } from './batch-sink';
import { causeOf } from './cause-of';
import { deviceNamer } from './device-names';

/** Plain data: it travels to another thread. */
export type BatchFilesPlan = {
  target: BatchTarget;
  choice: FormatChoice;
  layout: 'folders' | 'flat';
  passphrase: string | undefined;
  passphraseList: PassphraseListPlace;
  surroundings: Omit<DeviceSurroundings, 'serverRootName'>;
  caRootPem: string | undefined;
  subjects: readonly Subject[];
  templateBody: string | undefined;
  readme: string;
  modified: Date;
};

export type BatchFiles = {
  /** @param chunk as packed; the taker's from here on */
  write(chunk: Uint8Array<ArrayBuffer>): Promise<Result<null, OutputRefused>>;
  /** @param note what the README says at its end */
  end(note?: string): Promise<Result<BatchEnd, OutputRefused>>;
  /** Nothing can be asked of them afterwards; never rejects. */
  close(): Promise<void>;
};

export type OpenBatchFiles = (plan: BatchFilesPlan) => Promise<Result<BatchFiles, OutputRefused>>;

/** On this thread. */
export function batchFilesHere(crypto: Crypto): OpenBatchFiles {
  return (plan) =>
    refusedAsAnswer(async () => {
      const { target, modified, subjects, templateBody, ...rest } = plan;
      const names = deviceNamer(subjects, templateBody);
      const output = new BatchOutput({ ...rest, names }, await sinkOf(target, modified), crypto);
      return {
        write: (chunk) => refusedAsAnswer(() => output.write(chunk).then(() => null)),
        end: (note) => refusedAsAnswer(() => output.end(note)),
        close: () => output.abort().catch(() => undefined),
      };
    });
}

async function sinkOf(target: BatchTarget, modified: Date): Promise<BatchSink> {
  switch (target.kind) {
    case 'download':
      return zipBlobSink(modified);
    case 'file':
      return zipFileSink(await target.handle.createWritable(), modified);
    case 'folder':
      return folderSink(target.handle);
  }
}

/** What the browser or the disk refuses has a name, and so has a device whose files fail; everything else is a bug. */
async function refusedAsAnswer<Value>(act: () => Promise<Value>): Promise<Result<Value, OutputRefused>> {
  try {
    return ok(await act());
  } catch (fault) {
    if (fault instanceof DeviceFilesFault) {
      const { commonName, cause } = fault;
      return fail({ kind: 'device-files-failed', commonName, cause: causeOf(cause) });
    }
    if (fault instanceof DOMException) return fail({ kind: 'output-refused', reason: fault.name });
    throw fault;
  }
}
