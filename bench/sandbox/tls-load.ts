/**
 * A process of its own that connects as every device once, some at a time, until the server closes each connection.
 * @module
 */
import { createSecureContext } from 'node:tls';
import { firstConnect } from '@/lib/sandbox/testing/first-connect';
import type { TlsLoadOrder, TlsLoadResult } from './load-messages';

process.on('message', (order: TlsLoadOrder) => {
  run(order).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ failed: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));

async function run({ port, devices, connections }: TlsLoadOrder): Promise<TlsLoadResult> {
  // A device reads its key once, long before it connects.
  const prepared = devices.map(({ chainPem, keyPem, clientId }) => ({
    clientId,
    secureContext: createSecureContext({ cert: chainPem, key: keyPem }),
  }));
  const waiting = prepared.values();
  const startedAt = Date.now();
  const connectThem = async () => {
    for (const device of waiting) await firstConnect(port, device);
  };
  await Promise.all(Array.from({ length: connections }, connectThem));
  return { startedAt, endedAt: Date.now() };
}
