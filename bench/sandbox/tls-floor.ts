/**
 * The floor: a bare `node:tls` server that asks for a client certificate, takes the first bytes and closes. A process of its own.
 * @module
 */
import { createServer } from 'node:tls';
import { CertificateMint } from '@/lib/sandbox/testing/certificate-mint';

const mint = new CertificateMint();
const identity = mint.device(mint.ca('Floor CA', 'ec'), 'localhost');

const server = createServer(
  {
    key: identity.keyPem,
    cert: identity.chainPem,
    requestCert: true,
    rejectUnauthorized: false,
    noDelay: true,
  },
  (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end());
  },
);
process.on('message', () => undefined);
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address ? address.port : 0);
});
