import { batchFilesRemote } from './batch/batch-files-remote';
import { KeyMakers } from './batch/key-makers';
import type { Operation, PkiCrash, PkiOperations, PkiRequest } from './pki.protocol';
import { createPkiService } from './pki-service';

// A worker file only carries messages. What it does lives in pki-service.ts, where a plain test reaches it.
const openFiles = batchFilesRemote(
  () => new Worker(new URL('./batch/files.worker.ts', import.meta.url), { type: 'module' }),
);
const keys = new KeyMakers(crypto, {
  startWorker: () => new Worker(new URL('./batch/keys.worker.ts', import.meta.url), { type: 'module' }),
});
const service = createPkiService(crypto, () => new Date(), openFiles, keys);

addEventListener('message', ({ data }: MessageEvent<PkiRequest>) => {
  answer(data).catch((error: unknown) => {
    const crash = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    postMessage({ id: data.id, crash } satisfies PkiCrash);
  });
});

async function answer<Name extends Operation>(request: PkiRequest<Name>): Promise<void> {
  const { id, operation, input } = request;
  const reply = { id, operation, answer: await service[operation](input) };
  postMessage(reply, { transfer: buffersOf(reply.answer) });
}

/** A finished bundle moves instead of being copied: one copy of a private key is enough. */
function buffersOf(answer: PkiOperations[Operation]['answer']): Transferable[] {
  if (!(answer.ok && answer.value && 'bytes' in answer.value)) return [];
  return [answer.value.bytes.buffer];
}
