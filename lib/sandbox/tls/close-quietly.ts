import type { Duplex } from 'node:stream';

/** How long a peer may take to close its side before the connection is torn down. */
const LINGER_MS = 2_000;

/**
 * Ends a connection as AWS IoT does when it refuses one: no MQTT packet, close_notify, then TCP FIN.
 *
 * What still arrives is read and dropped: closing a TCP socket with unread bytes sends RST, which clients report
 * differently ("connection reset") from the plain loss that AWS shows them.
 */
export function closeQuietly(socket: Duplex): void {
  if (socket.destroyed) return;
  socket.removeAllListeners('data');
  socket.removeAllListeners('readable');
  socket.end();
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}
