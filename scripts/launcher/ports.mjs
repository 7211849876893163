/**
 * Ports: whether they are free, said in a sentence before anything is started.
 * @module
 */
import { createServer } from 'node:net';

export const LOOPBACK = ['127.0.0.1', '::1'];

/**
 * The port to use: `port` itself, or a free one for 0.
 *
 * @param {{ port: number, hosts: string[], variable: string, purpose: string }} wish
 * @throws {Error} a sentence that names the port and the variable that changes it
 */
export async function claimPort({ port, hosts, variable, purpose }) {
  let claimed = port;
  for (const host of hosts) {
    try {
      claimed = await listenOnce(claimed, host);
    } catch (error) {
      // A machine without IPv6 has no ::1; the other address suffices.
      if (hosts.length > 1 && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code)) continue;
      throw new Error(sentence(error, { port: claimed, host, variable, purpose }));
    }
  }
  return claimed;
}

function sentence(error, { port, host, variable, purpose }) {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} (${purpose}) is taken by another program. End that program, or choose another port with ${variable}, for example ${variable}=${port + 1}.`;
    case 'EACCES':
      return `Port ${port} (${purpose}) may not be opened by this user. Choose a port above 1023 with ${variable}.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host} to listen on. Change HOST.`;
    default:
      return `Port ${port} (${purpose}) cannot be opened: ${error.message}. Change it with ${variable}.`;
  }
}

function listenOnce(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, ipv6Only: host === '::1' }, () => {
      const bound = server.address().port;
      server.close(() => resolve(bound));
    });
  });
}
