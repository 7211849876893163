import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fail } from '@/lib/result';
import { expectOk } from '@/lib/testing/expect-ok';
import type { BatchFilesPlan } from './batch-files';
import {
  batchFilesRemote,
  createFilesService,
  type FilesRequest,
  type FilesWorker,
} from './batch-files-remote';
import { packChunk } from './issued-chunk';

const PLAN: BatchFilesPlan = {
  target: { kind: 'download' },
  choice: { formats: ['der'], pkcs12Mac: 'SHA-256', deviceClientDirectory: '/etc/device' },
  layout: 'flat',
  passphrase: undefined,
  passphraseList: 'apart',
  surroundings: { issuers: [], serverRootPem: 'root\n', host: 'localhost', port: 8883 },
  caRootPem: undefined,
  subjects: [{ commonName: 'pump-1' }],
  templateBody: undefined,
  readme: 'Read me\n',
  modified: new Date('2026-03-04T05:06:08Z'),
};

/** A TBSCertificate with version and serial number, which is all that is read of a certificate here. */
const CERTIFICATE = Uint8Array.of(0x30, 0x0a, 0x30, 0x08, 0xa0, 0x03, 0x02, 0x01, 0x02, 0x02, 0x01, 0x05);

function chunk(index = 0) {
  const certificate = CERTIFICATE.slice();
  certificate.set([index + 1], certificate.length - 1);
  return packChunk([{ index, key: Uint8Array.of(1, 2, 3), certificate, passphrase: undefined }]);
}

/** The other thread, with nothing but what crosses over as a message. */
function startWorker(answer: (request: FilesRequest) => Promise<unknown> = createFilesService(crypto)) {
  const errors = new EventTarget();
  const state = { isTerminated: false, errors };
  const worker: FilesWorker = {
    postMessage(request: unknown, transfer?: unknown) {
      const ports = Array.isArray(transfer) ? transfer : [];
      const [reply] = ports.filter((each) => each instanceof MessagePort);
      void answer(structuredClone(request as FilesRequest)).then((value) => reply?.postMessage(value));
    },
    addEventListener: errors.addEventListener.bind(errors),
    terminate() {
      state.isTerminated = true;
    },
  };
  return { worker, state };
}

describe('the files of a batch on another thread', () => {
  it('are those of this thread, and the thread ends with the batch', async () => {
    const { worker, state } = startWorker();
    const files = expectOk(await batchFilesRemote(() => worker)(PLAN));
    expectOk(await files.write(chunk()));
    const end = expectOk(await files.end());
    expect(end.devices).toBe(1);
    const archive = unzipSync(new Uint8Array((await end.archive?.arrayBuffer()) ?? new ArrayBuffer()));
    const names = Object.keys(archive);
    expect(names.filter((name) => name.startsWith('pump-1-'))).toHaveLength(2);
    expect(archive[names.find((name) => name.endsWith('.key.der')) ?? '']).toEqual(Uint8Array.of(1, 2, 3));
    expect(state.isTerminated).toBe(false);
    await files.close();
    expect(state.isTerminated).toBe(true);
  });

  it('come in the order in which they were asked for, though nobody waits for the one before', async () => {
    const { worker } = startWorker();
    const subjects = Array.from({ length: 4 }, (_, index) => ({ commonName: `pump-${index}` }));
    const files = expectOk(await batchFilesRemote(() => worker)({ ...PLAN, subjects }));
    const [, , , , end] = await Promise.all([
      ...subjects.map((_, index) => files.write(chunk(index))),
      files.end(),
    ]);
    const archive = expectOk(end ?? fail('no end'))?.archive;
    const names = Object.keys(unzipSync(new Uint8Array((await archive?.arrayBuffer()) ?? new ArrayBuffer())));
    expect(names.filter((name) => name.endsWith('.key.der')).map((name) => name.slice(0, 6))).toEqual(
      subjects.map(({ commonName }) => commonName),
    );
    await files.close();
  });

  it('end with the name of the device whose files cannot be made, and with the cause', async () => {
    const { worker } = startWorker();
    const choice = { ...PLAN.choice, formats: ['encrypted-key'] as const };
    const files = expectOk(await batchFilesRemote(() => worker)({ ...PLAN, choice }));
    expect(await files.write(chunk())).toEqual({
      ok: false,
      failure: { kind: 'device-files-failed', commonName: 'pump-1', cause: expect.stringContaining('Error') },
    });
    await files.close();
  });

  it('say in the README what they lack', async () => {
    const { worker } = startWorker();
    const files = expectOk(await batchFilesRemote(() => worker)(PLAN));
    const { archive } = expectOk(await files.end('\nNot whole\n'));
    const unzipped = unzipSync(new Uint8Array((await archive?.arrayBuffer()) ?? new ArrayBuffer()));
    expect(new TextDecoder().decode(unzipped['README.txt'])).toBe('Read me\n\nNot whole\n');
    await files.close();
  });

  it('are refused as the browser refuses them, and leave no thread behind', async () => {
    const refusal = fail({ kind: 'output-refused', reason: 'NotAllowedError' } as const);
    const { worker, state } = startWorker(async () => refusal);
    expect(await batchFilesRemote(() => worker)(PLAN)).toEqual(refusal);
    expect(state.isTerminated).toBe(true);
  });

  it('tell of a bug over there, and of a thread that died, instead of never answering', async () => {
    const crashed = startWorker(async () => ({ crash: 'TypeError: x' }));
    await expect(batchFilesRemote(() => crashed.worker)(PLAN)).rejects.toThrow('TypeError: x');

    const dead = startWorker(() => new Promise(() => undefined));
    const opening = batchFilesRemote(() => dead.worker)(PLAN);
    dead.state.errors.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
    await expect(opening).rejects.toThrow('out of memory');
  });
});
