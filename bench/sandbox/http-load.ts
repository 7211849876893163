/**
 * A process of its own that sends prepared HTTP requests over keep-alive connections, one at a time on each, as fast as
 * they are answered. Bare sockets: what it costs itself must not be what is measured.
 * @module
 */
import { connect, type Socket } from 'node:net';
import type { HttpLoadOrder, HttpLoadResult } from './load-messages';

process.on('message', (order: HttpLoadOrder) => {
  run(order).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ failed: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));

async function run({ port, requests, connections, durationMs }: HttpLoadOrder): Promise<HttpLoadResult> {
  const prepared = requests.map((text) => Buffer.from(text, 'latin1'));
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  let next = 0;
  const startedAt = performance.now();
  /** Undefined when there is nothing left to send: every request goes out once, or they go round until the time is up. */
  const take = (): Buffer | undefined => {
    if (durationMs === undefined) return prepared[next++];
    return performance.now() - startedAt < durationMs ? prepared[next++ % prepared.length] : undefined;
  };
  const onAnswer = (status: string, latencyMs: number) => {
    latencies.push(latencyMs);
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  await Promise.all(Array.from({ length: connections }, () => keepSending(port, { take, onAnswer })));
  const seconds = (performance.now() - startedAt) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  return { answers: latencies.length, seconds, p50Ms: at(0.5), p99Ms: at(0.99), statuses };
}

type Work = { take(): Buffer | undefined; onAnswer(status: string, latencyMs: number): void };

function keepSending(port: number, { take, onAnswer }: Work): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let sentAt = 0;
    let missing = 0;
    let head: Buffer = Buffer.alloc(0);
    let status = '';
    const send = () => {
      const request = take();
      if (!request) {
        socket.destroy();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(request);
    };
    const finish = () => {
      onAnswer(status, performance.now() - sentAt);
      status = '';
      send();
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed a connection')));
    socket.on('data', (chunk: Buffer) => {
      if (status !== '') {
        missing -= chunk.length;
        if (missing === 0) finish();
        return;
      }
      head = head.length > 0 ? Buffer.concat([head, chunk]) : chunk;
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const text = head.toString('latin1', 0, end);
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1]);
      status = text.slice(9, 12);
      missing = length - (head.length - end - 4);
      head = Buffer.alloc(0);
      if (missing === 0) finish();
    });
  });
}
