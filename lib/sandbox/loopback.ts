import { createServer } from 'node:net';

/** The loopback addresses of this machine: 127.0.0.1, and ::1 where there is one. */
export async function loopbackHosts(): Promise<readonly string[]> {
  return (await canListenOn('::1')) ? ['127.0.0.1', '::1'] : ['127.0.0.1'];
}

function canListenOn(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host, port: 0 }, () => probe.close(() => resolve(true)));
  });
}
