/**
 * A device's first contact without an MQTT library: TLS with its certificate, one CONNECT, and whatever follows.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import type { ExplanationEvent } from '@/lib/sandbox/explanations';
import type { Sandbox } from '@/lib/sandbox/start-sandbox';

/** How long a contact, and the provisioning after it, may take before the test gives up. */
const PATIENCE_MS = 10_000;

/**
 * Connects once as MQTT 3.1.1; resolves with what the broker answered when it has closed, `''` for nothing.
 *
 * @param serverName - `''` sends none
 */
export async function contact(
  sandbox: Sandbox,
  { certFile, keyFile }: { certFile: string; keyFile: string },
  serverName = 'localhost',
): Promise<string> {
  const [cert, key] = await Promise.all([readFile(certFile), readFile(keyFile)]);
  return new Promise((resolve, reject) => {
    const { port } = sandbox.mqtt;
    const socket = connect({
      host: '127.0.0.1',
      servername: serverName,
      checkServerIdentity: () => undefined,
      port,
      cert,
      key,
      ca: sandbox.caPem,
    });
    let answer = '';
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('the broker neither answered nor closed')));
    socket.once('secureConnect', () => socket.write(connectPacket('device')));
    socket.on('data', (bytes: Buffer) => {
      answer += bytes.toString('hex');
      socket.end();
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(answer));
  });
}

/** What the sandbox explained of the provisioning that a contact made after `before` has led to. */
export async function provisioningOf(
  { state }: Sandbox,
  { certificateId, after = 0 }: { certificateId: string; after?: number },
): Promise<ExplanationEvent> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const found = state.explanations
      .after(after)
      .find((event) => event.certificateId === certificateId && event.code.startsWith('provision'));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`no provisioning of ${certificateId} was explained`);
}

/** One contact and its provisioning: the code of what came of it, and its facts. */
export async function firstContact(
  sandbox: Sandbox,
  device: { certFile: string; keyFile: string; id: string },
): Promise<ExplanationEvent> {
  const after = sandbox.state.explanations.after(0).at(-1)?.sequence ?? 0;
  await contact(sandbox, device);
  return provisioningOf(sandbox, { certificateId: device.id, after });
}

/** Clean session, keep-alive of a minute. */
function connectPacket(clientId: string): Buffer {
  const name = Buffer.from(clientId);
  const variable = Buffer.from([0, 4, ...Buffer.from('MQTT'), 4, 2, 0, 60, 0, name.length, ...name]);
  return Buffer.from([0x10, variable.length, ...variable]);
}
