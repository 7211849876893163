/**
 * What the worker does, as plain functions that a test calls without a worker.
 * @module
 */
import type { PkiContext } from '@/lib/pki/context';
import { readBundle } from '@/lib/pki/read-bundle';
import { recognise } from '@/lib/pki/recognise';
import { createVerification } from '@/lib/pki/verification-certificate';
import { fail, ok } from '@/lib/result';
import { batchFilesHere, type OpenBatchFiles } from './batch/batch-files';
import { BatchRuns } from './batch/batch-runs';
import { KeyMakers } from './batch/key-makers';
import { BundleChecks } from './bundle-check/bundle-checks';
import { CaKeys } from './ca-keys';
import { DeviceDrafts } from './device-drafts';
import { openBundle } from './open-bundle';
import type { Operation, PkiOperations } from './pki.protocol';
import { readBrought } from './read-brought';

export type PkiService = {
  [Name in Operation]: (input: PkiOperations[Name]['input']) => Promise<PkiOperations[Name]['answer']>;
};

/**
 * One vault with its operations; `now` is asked at each of them.
 * @param openFiles where the files of batches are made; on this thread unless told otherwise
 * @param keys where the keys of their devices are; here unless told otherwise
 */
export function createPkiService(
  crypto: Crypto,
  now: () => Date,
  openFiles: OpenBatchFiles = batchFilesHere(crypto),
  keys: KeyMakers = new KeyMakers(crypto),
): PkiService {
  const caKeys = new CaKeys();
  const drafts = new DeviceDrafts();
  const batches = new BatchRuns((handle) => caKeys.find(handle), openFiles, keys);
  const checks = new BundleChecks();
  const context = (): PkiContext => ({ crypto, now: now() });

  return {
    createCa: (input) => caKeys.create(input, context()),
    createCaRequest: (input) => caKeys.request(input, context()),
    exportCaKey: (input) => caKeys.export(input, context()),
    openCaKeyFile: (input) => caKeys.open(input, context()),

    async makeVerification({ keyHandle, registrationCode }) {
      const ca = caKeys.find(keyHandle);
      if (!ca) return fail({ kind: 'handle-unknown' });
      const made = await createVerification(
        { registrationCode, caPem: ca.caPem, caKey: ca.privateKey },
        context(),
      );
      if (!made.ok) return made;
      return ok({ csrPem: made.value.csr.pem, certificatePem: made.value.certificate.pem });
    },

    async prepareDevice({ caHandle, ...request }) {
      const ca = caKeys.find(caHandle);
      return ca ? drafts.prepare(request, ca, context()) : fail({ kind: 'handle-unknown' });
    },
    finishBundle: (input) => drafts.finish(input, context()),

    recognise: ({ file }) => recognise(file, crypto),

    async readBundle({ files }) {
      const opened = openBundle(files);
      return opened.ok ? ok(await readBundle(opened.value, crypto)) : opened;
    },

    readBrought: ({ file, passphrase }) => readBrought(file, passphrase, crypto),

    readRequests: (input) => batches.readRequests(input, context()),
    openBundleCheck: (input) => checks.open(input, context()),
    checkDevices: (input) => checks.next(input, context()),
    endBundleCheck: (input) => checks.end(input),
    beginUnlock: (input) => checks.beginUnlock(input, context()),
    unlockDevices: (input) => checks.unlock(input),
    endUnlock: (input) => checks.endUnlock(input),
    async closeBundleCheck() {
      await checks.close();
      return ok(null);
    },

    useKeyFrame: (input) => batches.useKeyFrame(input),
    keptBatches: () => batches.kept(),
    beginBatch: (input) => batches.begin(input, context()),
    resumeBatch: (input) => batches.resume(input, context()),
    issueBatchChunk: (input) => batches.issue(input, context()),
    readBatchChunk: (input) => batches.read(input),
    openBatchOutput: (input) => batches.openOutput(input, context()),
    writeBatchChunk: (input) => batches.write(input),
    endBatchOutput: (input) => batches.end(input),
    closeBatch: (input) => batches.close(input),
    forgetBatch: (input) => batches.forget(input),

    async discard({ handle }) {
      caKeys.discard(handle);
      drafts.discard(handle);
      return ok(null);
    },
    async lock() {
      caKeys.clear();
      drafts.clear();
      await batches.clear();
      return ok(null);
    },
  };
}
