/** What the pages hear of a running sandbox with real devices, and what the ledger keeps of it. */
import { createSecureContext } from 'node:tls';
import { connectAsync } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Script, startScriptedBroker } from '@/lib/aws/mqtt/testing/scripted-broker';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import type { Environment } from '@/lib/config/environments';
import { find } from '@/lib/ledger/read';
import { reserve } from '@/lib/ledger/record';
import type { LiveEvent, LiveState } from '@/lib/registry/live-event';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint, type MintedCa, type MintedDevice } from '@/lib/sandbox/testing/certificate-mint';
import { firstConnect } from '@/lib/sandbox/testing/first-connect';
import { makeFleetRole, registerFleetCa } from '@/lib/sandbox/testing/fleet-ca';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { EnvironmentFeed, LISTENERS_MAX } from './environment-feed';
import type { LivePosition } from './event-buffer';

let ledger: AsyncDisposable;
let sandbox: Sandbox;
let ca: MintedCa;
const mint = new CertificateMint(2);
beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  ledger = await startEmbeddedDatabase();
  sandbox = await startSandbox();
  await makeFleetRole(sandbox.api);
  ca = mint.ca('Live CA TESTING ONLY', 'ec');
  await registerFleetCa(sandbox.api, ca, mint);
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await ledger[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

/** The Region of the fleet CA. */
const environment = (): Environment => ({ ...sandboxEnvironment(sandbox), region: 'us-east-2' });
const feeds: EnvironmentFeed[] = [];
afterEach(async () => {
  for (const feed of feeds.splice(0)) await feed.stop();
});
function feedOf(of: Environment = environment(), lingerMs?: number): EnvironmentFeed {
  const feed = new EnvironmentFeed(of, { retryMsMin: 20, ...(lingerMs !== undefined && { lingerMs }) });
  feeds.push(feed);
  return feed;
}

type Heard = { states: LiveState[]; events: LiveEvent[]; reloads: string[]; id: string; leave(): void };
function listen(feed: EnvironmentFeed, position?: LivePosition): Heard {
  const heard: Heard = { states: [], events: [], reloads: [], id: '', leave: () => {} };
  const listening = feed.listen(
    {
      state: (state) => heard.states.push(state),
      events({ id, events }) {
        heard.id = id;
        heard.events.push(...events);
      },
      reload(id) {
        heard.id = id;
        heard.reloads.push(id);
      },
    },
    position,
  );
  if (!listening.ok) throw new Error('the feed is full');
  heard.leave = listening.value;
  return heard;
}
const stateOf = ({ states }: Heard) => states.at(-1)?.kind;
const live = (heard: Heard) => expect.poll(() => stateOf(heard), { timeout: 5_000 }).toBe('live');
const of = ({ events }: Heard, { certificateId }: MintedDevice) =>
  events.flatMap((event) =>
    'certificateId' in event && event.certificateId === certificateId ? [event.kind] : [],
  );

const arrive = ({ chainPem, keyPem }: MintedDevice) =>
  firstConnect(sandbox.mqtt.port, {
    secureContext: createSecureContext({ cert: chainPem, key: keyPem }),
    clientId: 'new',
  });
const comeBack = ({ pem, keyPem }: MintedDevice, clientId: string) =>
  connectAsync({
    protocol: 'mqtts',
    host: 'localhost',
    port: sandbox.mqtt.port,
    ca: sandbox.caPem,
    cert: pem,
    key: keyPem,
    clientId,
    reconnectPeriod: 0,
  });
const clientIds = () => sandbox.state.messageBus?.clients().map(({ clientId }) => clientId) ?? [];
const connections = () => clientIds().filter((id) => id.startsWith('jitp-console-live-')).length;

describe('a device', () => {
  it('is heard of from its first contact to its connection, and the ledger keeps it', async () => {
    const device = mint.device(ca, 'Live-1');
    const { certificateId } = device;
    await reserve({
      environment: 'sandbox',
      certificateId,
      caId: 'c'.repeat(64),
      serial: '01',
      subject: { text: 'CN=Live-1', fields: { commonName: 'Live-1' }, keyOrigin: 'console' },
      commonName: 'Live-1',
      notBefore: new Date('2026-01-01'),
      notAfter: new Date('2099-01-01'),
      operatorId: 'ada',
      operatorName: 'Ada',
    });
    const heard = listen(feedOf());
    await live(heard);
    await arrive(device);
    await expect.poll(() => of(heard, device), { timeout: 5_000 }).toEqual(['registered', 'certificate']);
    expect(heard.events).toContainEqual(expect.objectContaining({ kind: 'certificate', status: 'ACTIVE' }));
    const client = await comeBack(device, 'Live-1');
    await expect.poll(() => of(heard, device)).toEqual(['registered', 'certificate', 'connected']);
    await client.endAsync();
    await expect.poll(() => of(heard, device)).toContain('disconnected');
    await expect
      .poll(() => find('sandbox', certificateId))
      .toMatchObject({ lastSeenState: 'ACTIVE', lastSeenSource: 'event' });
  });

  it('whose first contact came before anybody listened is looked after when its page asks', async () => {
    const device = mint.device(ca, 'Live-early');
    await arrive(device);
    const feed = feedOf();
    const heard = listen(feed);
    await live(heard);
    feed.follow(device.certificateId);
    await expect.poll(() => of(heard, device), { timeout: 5_000 }).toEqual(['certificate']);
  });

  it('that somebody has changed from here is announced', async () => {
    const device = mint.device(ca, 'Live-changed');
    const feed = feedOf();
    const heard = listen(feed);
    await live(heard);
    const { certificateId } = device;
    feed.announce({ kind: 'certificate', certificateId, status: 'INACTIVE', at: new Date().toISOString() });
    await expect.poll(() => of(heard, device)).toEqual(['certificate']);
  });
});

describe('many pages', () => {
  it('share one connection, which ends some time after the last of them', async () => {
    const feed = feedOf(environment(), 50);
    const pages = [listen(feed), listen(feed), listen(feed)];
    await Promise.all(pages.map(live));
    expect(connections()).toBe(1);
    for (const page of pages) page.leave();
    await expect.poll(connections).toBe(0);
    const again = listen(feed);
    await live(again);
    expect(connections()).toBe(1);
  });

  it('are bounded', () => {
    const feed = feedOf();
    const pages = Array.from({ length: LISTENERS_MAX }, () => listen(feed));
    const silent = { state() {}, events() {}, reload() {} };
    expect(feed.listen(silent, undefined)).toEqual({ ok: false, failure: { limit: LISTENERS_MAX } });
    pages[0]?.leave();
    expect(feed.listen(silent, undefined).ok).toBe(true);
  });
});

describe('who was away', () => {
  it('gets what happened meanwhile, by position or by the time of its data, and nothing twice', async () => {
    const feed = feedOf();
    const staying = listen(feed);
    await live(staying);
    const before = mint.device(ca, 'Away-before');
    await arrive(before);
    await expect.poll(() => of(staying, before), { timeout: 5_000 }).toContain('certificate');
    const position = { after: staying.id };
    const since = { since: new Date() };
    const meanwhile = mint.device(ca, 'Away-meanwhile');
    await arrive(meanwhile);
    await expect
      .poll(() => of(staying, meanwhile), { timeout: 5_000 })
      .toEqual(['registered', 'certificate']);
    for (const back of [listen(feed, position), listen(feed, since)]) {
      expect(of(back, meanwhile)).toEqual(['registered', 'certificate']);
      expect(of(back, before)).toEqual([]);
      expect(back.reloads).toEqual([]);
    }
  });

  it('is told to read anew where that cannot be known', async () => {
    const feed = feedOf();
    const first = listen(feed, { since: new Date() });
    await live(first);
    expect(first.reloads).toHaveLength(1);
    for (const position of [{ after: 'other.1' }, { since: new Date(0) }, undefined]) {
      expect(listen(feed, position).reloads).toEqual(first.reloads);
    }
  });
});

describe('a broker that fails', () => {
  it('is said to be away while it is, and what is shown is read anew when it is back', async () => {
    const short = await startSandbox();
    const feed = feedOf({ ...sandboxEnvironment(short), serverTrustFile: undefined });
    const heard = listen(feed);
    await live(heard);
    await short.close();
    await expect.poll(() => stateOf(heard)).toBe('off');
    expect(heard.states.at(-1)).toMatchObject({ kind: 'off', why: 'unreachable' });
    await using _again = await startSandbox({ apiPort: short.apiPort });
    await live(heard);
    expect(heard.reloads).toHaveLength(2);
    expect(new Set(heard.reloads).size).toBe(2);
  });

  it.each<{ script: Script; detail: string; why: string }>([
    { script: { httpStatus: 403 }, detail: 'HTTP 403', why: 'no iot:Connect, told by HTTP' },
    { script: { connack: 0x87 }, detail: 'CONNACK 0x87', why: 'no iot:Connect, told by MQTT' },
    {
      script: { suback: { '$aws/events/presence/+/#': 0x87 } },
      detail: 'SUBACK 0x87 $aws/events/presence/+/#',
      why: 'no iot:Subscribe',
    },
  ])('is said not to allow it: $why', async ({ script, detail }) => {
    await using broker = await startScriptedBroker(script);
    const base = environment();
    const feed = feedOf({ ...base, endpoints: { ...base.endpoints, iotData: broker.api } });
    const heard = listen(feed);
    await expect.poll(() => heard.states.at(-1)).toMatchObject({ kind: 'off', why: 'not-allowed', detail });
    await feed.stop();
  });

  it('does without registry events, which a role may not be allowed to hear', async () => {
    await using broker = await startScriptedBroker({ suback: { '$aws/events/thing/+/+': 0x87 } });
    const base = environment();
    const feed = feedOf({ ...base, endpoints: { ...base.endpoints, iotData: broker.api } });
    await live(listen(feed));
    await feed.stop();
  });
});
