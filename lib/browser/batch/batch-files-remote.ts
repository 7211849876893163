/**
 * The files of a batch on another thread: what the vault's worker says to the worker that makes them, and both ends of it. Keys go from
 * worker to worker; the page does not see them.
 * @module
 */
import { ok, type Result } from '@/lib/result';
import type { BatchEnd, OutputRefused } from './batch.protocol';
import { type BatchFiles, type BatchFilesPlan, batchFilesHere, type OpenBatchFiles } from './batch-files';

export type FilesRequest =
  | { kind: 'open'; plan: BatchFilesPlan }
  | { kind: 'write'; chunk: Uint8Array<ArrayBuffer> }
  | { kind: 'end'; note: string | undefined }
  | { kind: 'close' };
export type FilesCrash = { crash: string };

/** The part of a `Worker` that is used. */
export type FilesWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

/** In the worker: one batch in its life, one request after the other. */
export function createFilesService(
  crypto: Crypto,
): (request: FilesRequest) => Promise<Result<BatchEnd | null, OutputRefused>> {
  let files: BatchFiles | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return (request) => {
    const answered = last.then(() => answer(request));
    last = answered.catch(() => undefined);
    return answered;
  };

  async function answer(request: FilesRequest): Promise<Result<BatchEnd | null, OutputRefused>> {
    switch (request.kind) {
      case 'open': {
        const made = await batchFilesHere(crypto)(request.plan);
        if (!made.ok) return made;
        files = made.value;
        return ok(null);
      }
      case 'write':
        return opened(files).write(request.chunk);
      case 'end':
        return opened(files).end(request.note);
      case 'close':
        await files?.close();
        return ok(null);
    }
  }
}

function opened(files: BatchFiles | undefined): BatchFiles {
  if (files === undefined) throw new Error('files that were not opened');
  return files;
}

/** Beside the vault. `startWorker` is asked once for each batch; its worker ends with it. */
export function batchFilesRemote(startWorker: () => FilesWorker): OpenBatchFiles {
  return async (plan) => {
    const worker = startWorker();
    const ask = asker(worker);
    const opened = await ask({ kind: 'open', plan });
    if (!opened.ok) {
      worker.terminate();
      return opened;
    }
    return ok({
      async write(chunk) {
        const written = await ask({ kind: 'write', chunk }, [chunk.buffer]);
        return written.ok ? ok(null) : written;
      },
      async end(note) {
        const ended = await ask({ kind: 'end', note });
        if (!ended.ok) return ended;
        if (ended.value === null) throw new Error('a batch without its end');
        return ok(ended.value);
      },
      async close() {
        await ask({ kind: 'close' }).catch(() => undefined);
        worker.terminate();
      },
    });
  };
}

type Ask = (
  request: FilesRequest,
  transfer?: Transferable[],
) => Promise<Result<BatchEnd | null, OutputRefused>>;

/** Each request brings the port for its answer. A worker that failed answers none any more. */
function asker(worker: FilesWorker): Ask {
  const waiting = new Set<(error: Error) => void>();
  let failure: Error | undefined;
  worker.addEventListener('error', ({ message }: ErrorEvent) => {
    failure = new Error(message || 'the worker for files failed');
    for (const reject of waiting) reject(failure);
  });
  return (request, transfer = []) =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(failure);
      const { port1, port2 } = new MessageChannel();
      waiting.add(reject);
      port1.onmessage = ({ data }: MessageEvent<Result<BatchEnd | null, OutputRefused> | FilesCrash>) => {
        waiting.delete(reject);
        port1.close();
        if ('crash' in data) reject(new Error(data.crash));
        else resolve(data);
      };
      worker.postMessage(request, [port2, ...transfer]);
    });
}
