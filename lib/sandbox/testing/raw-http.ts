import { connect } from 'node:net';

/** How long a raw exchange may take before the test gives up. */
const EXCHANGE_MS = 15_000;

/** Sends bytes as they are and resolves with all that comes back until the server ends the connection. */
export function exchange(port: number, ...parts: readonly (string | Uint8Array)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const timer = setTimeout(() => socket.destroy(new Error('no answer')), EXCHANGE_MS);
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.on('error', (error) => (answer === '' ? reject(error) : undefined));
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
    for (const part of parts) socket.write(part);
  });
}

/** The status of an HTTP/1.1 answer. */
export const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

export type RawRequest = {
  method?: string;
  target?: string;
  /** In place of the headers that a well-behaved client sends. */
  headers?: readonly string[];
  body?: string | Uint8Array;
};

/** A request whose connection ends with it. */
export function send(port: number, { method = 'GET', target = '/', headers, body = '' }: RawRequest) {
  const head = [
    `${method} ${target} HTTP/1.1`,
    'connection: close',
    ...(headers ?? [`host: localhost:${port}`, `content-length: ${Buffer.byteLength(body)}`]),
  ];
  return exchange(port, `${head.join('\r\n')}\r\n\r\n`, body);
}
