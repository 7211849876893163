import type { IncomingMessage } from 'node:http';
import { ApiError } from '@/lib/sandbox/api-error';

/** The largest body that AWS IoT's own limits allow is far below; design contract of the sandbox. */
export const BODY_BYTES_MAX = 1_048_576;

/** How much of a body that is too long is read and thrown away, so that its sender gets to see the answer. */
const DRAINED_BYTES_MAX = 16 * BODY_BYTES_MAX;

const NOTHING = Buffer.alloc(0);

/** @throws ApiError RequestEntityTooLargeException, or InvalidRequestException when the sender gives up half-way */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const { headers } = request;
  // A request has a body when one of these says so (RFC 9112 section 6.3), and most have none.
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return NOTHING;
  return collect(request);
}

function collect(request: IncomingMessage): Promise<Buffer> {
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
    let ended = false;
    request.on('end', () => {
      ended = true;
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    const cut = () => {
      // An error costs a stack trace, and 'close' comes after every body.
      if (!ended) reject(new ApiError('InvalidRequestException', 'The body ended before its length'));
    };
    request.on('error', cut);
    request.on('close', cut);
  });
}
