import { connect, type SecureContext } from 'node:tls';

/** A minimal MQTT 3.1.1 CONNECT with a clean session (MQTT 3.1.1 section 3.1). */
export function connectBytes(clientId: string, keepAliveSeconds = 60): Buffer {
  const id = Buffer.from(clientId);
  const head = [0, 4, ...Buffer.from('MQTT'), 4, 2, keepAliveSeconds >> 8, keepAliveSeconds & 0xff];
  const body = Buffer.concat([Buffer.from([...head, id.length >> 8, id.length & 0xff]), id]);
  if (body.length > 127) throw new RangeError('the client id is too long for a length of one byte');
  return Buffer.concat([Buffer.from([0x10, body.length]), body]);
}

/** Connects as a device for the first time, and resolves when the server has closed the connection, as it does. */
export function firstConnect(
  port: number,
  { secureContext, clientId }: { secureContext: SecureContext; clientId: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      port,
      host: '127.0.0.1',
      servername: 'localhost',
      secureContext,
      // Who the server is does not matter here, and must cost the same with every server.
      rejectUnauthorized: false,
    });
    socket.setNoDelay(true);
    socket.once('secureConnect', () => socket.write(connectBytes(clientId)));
    socket.on('data', () => undefined);
    let failure: Error | undefined;
    socket.on('error', (error) => {
      failure = error;
    });
    socket.once('close', () => {
      // A server that closes over unread bytes resets; that is an end as well.
      const isReset = failure && 'code' in failure && failure.code === 'ECONNRESET';
      if (failure && !isReset) reject(failure);
      else resolve();
    });
  });
}
