/**
 * A device's first connections, step by step and in words: TLS, CONNECT, drop, provisioning, reconnect, publish.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { assertNever } from '@/lib/result';
import { type Attempt, attempt } from './attempt';
import type { RehearsedDevice } from './read-device';

export const STEPS = ['TLS', 'CONNECT', 'DROP', 'WAIT', 'RECONNECT', 'PUBLISH', 'END'] as const;
export type Say = (step: (typeof STEPS)[number], text: string) => void;

/** AWS provisions within seconds (AWS IoT Atlas: 1 to 3 s); who approves by hand takes longer and says so. */
const PAUSES_MS = [1000, 2000, 4000, 8000] as const;

/**
 * Connects until the device is in or the time is over.
 *
 * @param waitMs - how long a device that is dropped tries again
 * @returns whether it came in and could publish
 */
export async function rehearse(device: RehearsedDevice, waitMs: number, say: Say): Promise<boolean> {
  const topic = `${device.clientId}/test`;
  const startedAtMs = Date.now();
  for (let count = 0; ; count += 1) {
    const outcome = await attempt(device, { topic, payload: 'Hello' });
    const isFirst = count === 0;
    if ('protocol' in outcome && isFirst) {
      say('TLS', `${outcome.protocol} with ${device.host}:${device.port}; the server proved itself.`);
      say(
        'CONNECT',
        `sent as "${device.clientId}", with ${device.hasIssuer ? 'the certificate and its CA' : 'the certificate alone'}.`,
      );
    }
    switch (outcome.kind) {
      case 'connected': {
        const seconds = Math.round((Date.now() - startedAtMs) / 1000);
        say(
          'RECONNECT',
          isFirst ? 'accepted at once: it is active already.' : `accepted after ${seconds} s.`,
        );
        if (outcome.isPublished) {
          say('PUBLISH', `"Hello" to ${topic}, acknowledged.`);
          say('END', 'The device works.');
          return true;
        }
        say('PUBLISH', `the server closed the connection: its policy does not allow ${topic}.`);
        say(
          'END',
          `Not through. Look at the policy that is attached to certificate ${device.certificateId}.`,
        );
        return false;
      }
      case 'dropped':
        if (isFirst) {
          say(
            'DROP',
            'closed without an answer. At first contact that is expected: AWS registers the certificate now.',
          );
        }
        break;
      default:
        say(isFirst ? 'TLS' : 'RECONNECT', reasonOf(outcome, device));
        say('END', 'Not through.');
        return false;
    }
    const pauseMs = PAUSES_MS[Math.min(count, PAUSES_MS.length - 1)] ?? 0;
    if (Date.now() - startedAtMs + pauseMs > waitMs) {
      say(
        'END',
        `Not through after ${Math.round(waitMs / 1000)} s: still dropped. The console says why, under certificate ${device.certificateId}.`,
      );
      return false;
    }
    say('WAIT', `for provisioning or approval; again in ${pauseMs / 1000} s.`);
    await sleep(pauseMs);
  }
}

type Failed = Exclude<Attempt, { kind: 'connected' | 'dropped' }>;

function reasonOf(outcome: Failed, { host, port }: RehearsedDevice): string {
  switch (outcome.kind) {
    case 'unreachable':
      return `nobody answers at ${host}:${port} (${outcome.code}). Check host and port, and that the network lets port ${port} out.`;
    case 'server-untrusted':
      return `the server is not the one that the bundle trusts (${outcome.code}). Check the host, and the root in the bundle.`;
    case 'tls-refused':
      return `the server ended the handshake (${outcome.code}). Check that the key belongs to the certificate.`;
    case 'refused':
      return `the server answered CONNECT with code ${outcome.returnCode}. Check the client id.`;
    case 'no-answer':
      return 'the server took the connection and said nothing. Try again.';
    default:
      return assertNever(outcome);
  }
}
