/**
 * The floor: a plain `node:http` server that reads a request to its end and answers the bytes that the sandbox answered,
 * from memory. A process of its own.
 * @module
 */
import { createServer } from 'node:http';
import type { HttpFloorOrder } from './load-messages';

type Prepared = { status: number; headers: Record<string, string | number>; body: Buffer };

let answers = new Map<string, Prepared>();
let fallback: Prepared = { status: 404, headers: {}, body: Buffer.alloc(0) };

const server = createServer((request, response) => {
  request.on('data', () => undefined);
  request.on('end', () => {
    const { status, headers, body } = answers.get(`${request.method} ${request.url}`) ?? fallback;
    response.writeHead(status, headers);
    response.end(body);
  });
});
server.keepAliveTimeout = 65_000;

process.on('message', ({ answers: recorded }: HttpFloorOrder) => {
  const prepared = recorded.map(([request, { status, headers, body }]): [string, Prepared] => {
    const bytes = Buffer.from(body);
    return [request, { status, headers: { ...headers, 'content-length': bytes.length }, body: bytes }];
  });
  answers = new Map(prepared);
  fallback = prepared[0]?.[1] ?? fallback;
  process.send?.('taken');
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address ? address.port : 0);
});
