/**
 * Load that notes what was acknowledged: calls of the API, and devices that connect for the first time.
 * @module
 */
import { createSecureContext } from 'node:tls';
import { callAws } from './call-aws';
import type { CertificateMint, MintedCa, MintedDevice } from './certificate-mint';
import { firstConnect } from './first-connect';
import { type Overwritten, overwriting } from './kill-overwrites';

const WRITERS = 6;
/** Of each kind. */
const OVERWRITERS = 3;
const CONNECTORS = 3;
export const FLEET_POLICY = 'kill-load';

/** What a sandbox has said to be so. */
export type Acknowledged = {
  /** Names of things; each has its name as an attribute. */
  things: Set<string>;
  /** Names of things that were changed, to the value of their attribute `changed`. */
  changed: Map<string, string>;
  deleted: Set<string>;
  /** Certificates that were registered, active; true: the policy is attached as well. */
  certificates: Map<string, boolean>;
  /** Devices that began to connect, by certificate. */
  devices: Map<string, string>;
  /** Certificates that an event called registered or provisioned. */
  registered: Set<string>;
  provisioned: Set<string>;
  overwritten: Overwritten;
};

export const nothingAcknowledged = (): Acknowledged => ({
  things: new Set(),
  changed: new Map(),
  deleted: new Set(),
  certificates: new Map(),
  devices: new Map(),
  registered: new Set(),
  provisioned: new Set(),
  overwritten: { shadows: new Map(), retained: new Map() },
});

export type KillLoadParts = {
  api: string;
  mqttPort: number;
  mint: CertificateMint;
  ca: MintedCa;
  /** Begins the names of what is made. */
  prefix: string;
  acknowledged: Acknowledged;
  /** Whether calls may fail by now. */
  isKilled: () => boolean;
};

/** Works until the sandbox is killed under it. */
export async function loadUntilKilled(parts: KillLoadParts): Promise<void> {
  let count = 0;
  const next = () => `${parts.prefix}-${++count}`;
  const untilItFails = async (work: (name: string) => Promise<void>) => {
    for (;;) {
      try {
        await work(next());
      } catch (error) {
        if (parts.isKilled()) return; // under this call, which is the point
        throw error;
      }
    }
  };
  await Promise.all([
    ...Array.from({ length: WRITERS }, (_, index) =>
      untilItFails((name) => WORK[index % WORK.length]?.(parts, name) ?? Promise.resolve()),
    ),
    ...Array.from({ length: CONNECTORS }, () => untilItFails((name) => connectDevice(parts, name))),
    ...Array.from({ length: OVERWRITERS }, () => [
      untilItFails(overwriting('shadows', parts.api, parts.acknowledged.overwritten)),
      untilItFails(overwriting('retained', parts.api, parts.acknowledged.overwritten)),
    ]).flat(),
    untilItFails(readEvents(parts)),
  ]);
}

async function makeThing({ api, acknowledged }: KillLoadParts, name: string): Promise<void> {
  await callAws(api, 'POST', `/things/${name}`, { attributePayload: { attributes: { name } } });
  acknowledged.things.add(name);
}

/** A thing that changes, and another that comes and goes. */
async function changeThings({ api, acknowledged }: KillLoadParts, name: string): Promise<void> {
  const [kept, passing] = [`${name}-kept`, `${name}-passing`];
  for (const thing of [kept, passing]) await callAws(api, 'POST', `/things/${thing}`, {});
  const attributePayload = { attributes: { changed: name }, merge: true };
  await callAws(api, 'PATCH', `/things/${kept}`, { attributePayload });
  acknowledged.changed.set(kept, name);
  await callAws(api, 'DELETE', `/things/${passing}`);
  acknowledged.deleted.add(passing);
}

async function register({ api, mint, ca, acknowledged }: KillLoadParts, name: string): Promise<void> {
  const { pem: certificatePem, certificateId } = mint.device(ca, name);
  await callAws(api, 'POST', '/certificate/register-no-ca', { certificatePem, status: 'ACTIVE' });
  acknowledged.certificates.set(certificateId, false);
  const target = `arn:aws:iot:us-east-2:123456789012:cert/${certificateId}`;
  await callAws(api, 'PUT', `/target-policies/${FLEET_POLICY}`, { target });
  acknowledged.certificates.set(certificateId, true);
}

const WORK = [makeThing, register, changeThings];

async function connectDevice({ mqttPort, mint, ca, acknowledged }: KillLoadParts, name: string) {
  const device: MintedDevice = mint.device(ca, name);
  acknowledged.devices.set(device.certificateId, name);
  const secureContext = createSecureContext({ cert: device.chainPem, key: device.keyPem });
  await firstConnect(mqttPort, { secureContext, clientId: name });
}

type EventPage = { events: { code: string; certificateId?: string }[]; next: number };

function readEvents({ api, acknowledged }: KillLoadParts): () => Promise<void> {
  let after = 0;
  return async () => {
    const answer = await fetch(`${api}/_sandbox/events?after=${after}&waitMs=5000`);
    const { events, next }: EventPage = await answer.json();
    after = next;
    for (const { code, certificateId = '' } of events) {
      if (code === 'certificate-registered') acknowledged.registered.add(certificateId);
      if (code === 'provisioned') acknowledged.provisioned.add(certificateId);
    }
  };
}
