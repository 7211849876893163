/**
 * First connects of devices, provisioned to the end, beside plain mTLS connects that bare `node:tls` accepts.
 * @module
 */
import { CertificateMint, type KeyType } from '@/lib/sandbox/testing/certificate-mint';
import { makeFleetRole, registerFleetCa } from '@/lib/sandbox/testing/fleet-ca';
import type { BenchDevice, TlsLoadResult } from './load-messages';
import { median, type Row } from './report';
import { Worker } from './worker';

const CONNECTIONS = 8;
const GOAL = 0.5;
const EVENTS_WAIT_MS = 20_000;

export type JitpBench = { api: string; mqttPort: number; rounds: number; devices: number };

const KINDS: readonly (readonly [keyType: KeyType, name: string])[] = [
  ['ec', 'JITP first connects, P-256'],
  ['rsa', 'JITP first connects, RSA-2048'],
];

/** Medians of interleaved rounds. */
export async function benchJitp({ api, mqttPort, rounds, devices }: JitpBench): Promise<Row[]> {
  using load = new Worker('tls-load');
  using floor = new Worker('tls-floor');
  const floorPort = Number(await floor.next());
  await makeFleetRole(api);
  const mint = new CertificateMint();
  const rows: Row[] = [];
  for (const [keyType, name] of KINDS) {
    const ca = mint.ca(`Bench ${keyType}`, keyType);
    await registerFleetCa(api, ca, mint);
    const results: { sandbox: number; floor: number }[] = [];
    // The first round warms both up and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      const made = Array.from({ length: devices }, (_, index): BenchDevice => {
        const clientId = `${keyType}-${round}-${index}`;
        const { chainPem, keyPem } = mint.device(ca, clientId);
        return { chainPem, keyPem, clientId };
      });
      const order = { devices: made, connections: CONNECTIONS };
      const after = await lastEvent(api);
      const connecting = load.ask<TlsLoadResult>({ ...order, port: mqttPort });
      const provisionedAt = await allProvisioned(api, { after, count: devices });
      const { startedAt, endedAt } = await connecting;
      const plain = await load.ask<TlsLoadResult>({ ...order, port: floorPort });
      if (round === 0) continue;
      results.push({
        sandbox: (devices * 1000) / (Math.max(provisionedAt, endedAt) - startedAt),
        floor: (devices * 1000) / (plain.endedAt - plain.startedAt),
      });
    }
    rows.push({
      name,
      unit: 'devices/s',
      sandbox: median(results.map(({ sandbox }) => sandbox)),
      floor: median(results.map((result) => result.floor)),
      ratio: median(results.map((result) => result.sandbox / result.floor)),
      goal: GOAL,
    });
  }
  return rows;
}

type EventPage = { events: { at: string; message: string }[]; next: number };

async function events(api: string, query: string): Promise<EventPage> {
  return (await fetch(`${api}/_sandbox/events?${query}`)).json();
}

const lastEvent = async (api: string) => (await events(api, 'limit=1&code=none')).next;

/** When the last of so many devices was provisioned, epoch milliseconds. */
async function allProvisioned(
  api: string,
  { after, count }: { after: number; count: number },
): Promise<number> {
  let from = after;
  let missing = count;
  for (;;) {
    const page = await events(api, `after=${from}&code=provisioned&waitMs=${EVENTS_WAIT_MS}`);
    if (page.events.length === 0) {
      const said = (await events(api, `after=${after}&limit=3`)).events;
      throw new Error(`${missing} of ${count} devices were not provisioned: ${JSON.stringify(said)}`);
    }
    missing -= page.events.length;
    from = page.next;
    const last = page.events.at(-1);
    if (missing <= 0 && last) return Date.parse(last.at);
    // Asking costs the sandbox something as well.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
