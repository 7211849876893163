import type { FilesCrash, FilesRequest } from './batch-files-remote';
import { createFilesService } from './batch-files-remote';

// A worker file only carries messages.
const answer = createFilesService(crypto);

addEventListener('message', ({ data, ports: [reply] }: MessageEvent<FilesRequest>) => {
  answer(data).then(
    (value) => reply?.postMessage(value),
    (error: unknown) => {
      const crash = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      reply?.postMessage({ crash } satisfies FilesCrash);
    },
  );
});
