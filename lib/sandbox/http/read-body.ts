import type { IncomingMessage } from 'node:http';
import { ApiError } from '@/lib/sandbox/api-error';

/** The largest body that AWS IoT's own limits allow is far below; design contract of the sandbox. */
export const BODY_BYTES_MAX = 1_048_576;

/** How much of a body that is too long is read and thrown away, so that its sender gets to see the answer. */
const DRAINED_BYTES_MAX = 16 * BODY_BYTES_MAX;

/** @throws ApiError RequestEntityTooLargeException, or InvalidRequestException when the sender gives up half-way */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(new ApiError('RequestEntityTooLargeException', `The body exceeds ${BODY_BYTES_MAX} bytes`));
        if (bytes > DRAINED_BYTES_MAX) request.destroy();
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    const cut = () => reject(new ApiError('InvalidRequestException', 'The body ended before its length'));
    request.on('error', cut);
    request.on('close', cut);
  });
}
