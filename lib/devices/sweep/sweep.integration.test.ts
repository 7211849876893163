/** Sweeps of a real sandbox with some thousand certificates: interrupted, slowed down, refused. */
import { createHash } from 'node:crypto';
import {
  CreateThingCommand,
  DeleteCertificateCommand,
  DescribeIndexCommand,
  type IoTClient,
  RegisterCACertificateCommand,
  RegisterCertificateCommand,
  UpdateCertificateCommand,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { iotInBackground } from '@/lib/aws/iot-gateway';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { sweepRuns, unreadCertificates } from '@/lib/db/schema/sweeps';
import { readLedgerCertificate } from '@/lib/ledger/ledger-certificate';
import { find } from '@/lib/ledger/read';
import { recordSeen } from '@/lib/ledger/record';
import { reserveAll } from '@/lib/ledger/record-batch';
import { countUnread } from '@/lib/ledger/sweep-pages';
import { beginSweep, cancelSweep, LEASE_MS, lastSweeps, takeOverSweep } from '@/lib/ledger/sweep-runs';
import { fail, ok } from '@/lib/result';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint, type MintedDevice } from '@/lib/sandbox/testing/certificate-mint';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { seededRandom } from '@/lib/sandbox/testing/seeded-random';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { runSweep, type SweepContext } from './run-sweep';
import { CAS_MAX, type SweepIot } from './sweep-steps';

const ENVIRONMENT = 'sandbox';

type Fleet = { region: string; issued: MintedDevice[]; foreign: MintedDevice[] };

let ledger: AsyncDisposable;
let sandbox: Sandbox;
const mint = new CertificateMint(1);
const ca = mint.ca('sweep TESTING ONLY', 'ec');
const caId = createHash('sha256').update(ca.der).digest('hex');
const neverConnected = mint.device(ca, 'never-connected');

const fleetOf = (region: string, counts: { issued: number; foreign: number }): Fleet => ({
  region,
  issued: Array.from({ length: counts.issued }, (_, index) => mint.device(ca, `issued-${index}`)),
  foreign: Array.from({ length: counts.foreign }, (_, index) => mint.device(ca, `foreign-${index}`)),
});
/** Each in a registry of its own. */
const many = fleetOf('eu-west-1', { issued: 2800, foreign: 250 });
const few = fleetOf('eu-central-1', { issued: 540, foreign: 45 });

let client: IoTClient;
const sdk = () => client;

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  [ledger, sandbox] = await Promise.all([startEmbeddedDatabase(), startSandbox()]);
  client = clientsFor(sandbox.api, few.region).iot;
  await register(few);
}, 120_000);
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await ledger[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  await database().delete(sweepRuns);
  await database().delete(unreadCertificates);
  await database().delete(issuedCertificates);
});

/** The fleet in AWS, every third certificate inactive. */
async function register({ region, issued, foreign }: Fleet) {
  const { iot } = clientsFor(sandbox.api, region);
  await iot.send(
    new RegisterCACertificateCommand({
      caCertificate: ca.pem,
      certificateMode: 'SNI_ONLY',
      setAsActive: true,
    }),
  );
  await each([...issued, ...foreign], (device, index) =>
    iot.send(
      new RegisterCertificateCommand({
        certificatePem: device.pem,
        caCertificatePem: ca.pem,
        status: index % 3 === 0 ? 'INACTIVE' : 'ACTIVE',
      }),
    ),
  );
}

/** The part of the fleet that the console issued, in the ledger; and one that never connected. */
async function issue({ issued }: Fleet) {
  const rows = [...issued, neverConnected].map(rowOf);
  for (let at = 0; at < rows.length; at += 500) await reserveAll(rows.slice(at, at + 500), new Date());
}

/** On every item, eight at a time. */
async function each<Item>(items: readonly Item[], work: (item: Item, index: number) => Promise<unknown>) {
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) await work(item, index);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

function rowOf({ pem }: MintedDevice) {
  const der = Buffer.from(pem.replace(/-----[^\n]+/g, ''), 'base64');
  const certificate = readLedgerCertificate(der, { keyOrigin: 'console', signedBy: undefined });
  if (certificate === undefined) throw new Error('a minted certificate cannot be read');
  return {
    ...certificate,
    environment: ENVIRONMENT,
    caId,
    batch: 'b1',
    operatorId: 'o1',
    operatorName: 'Ada',
  };
}

const contextWith = (
  change: (iot: SweepIot) => SweepIot = (iot) => iot,
  { region }: Fleet = few,
): SweepContext => ({
  environment: ENVIRONMENT,
  iot: change(iotInBackground({ ...sandboxEnvironment(sandbox), region })),
  now: () => new Date(),
  // Long enough that others get a turn; how long it would be is not what is tested here.
  sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
  random: () => 0,
});

async function begin(holder = 'one') {
  const id = crypto.randomUUID();
  const begun = {
    environment: ENVIRONMENT,
    id,
    holder,
    scope: 'registered-cas',
    startedBy: undefined,
  } as const;
  const run = await beginSweep(begun, new Date());
  if (run === undefined) throw new Error('a sweep is running');
  return { lease: { environment: ENVIRONMENT, id, holder }, progress: run.progress };
}

/** What the ledger says of every certificate, by id. */
async function states(): Promise<Map<string, string | null>> {
  const rows = await database().select().from(issuedCertificates);
  return new Map(rows.map(({ certificateId, lastSeenState }) => [certificateId, lastSeenState]));
}

const expected = ({ issued, foreign }: Fleet) =>
  new Map<string, string | null>([
    ...[...issued, ...foreign].map(
      ({ certificateId }, index) => [certificateId, index % 3 === 0 ? 'INACTIVE' : 'ACTIVE'] as const,
    ),
    [neverConnected.certificateId, null],
  ]);

const refusal = {
  kind: 'aws',
  service: 'IoT',
  operation: 'x',
  name: 'AccessDeniedException',
  message: 'not allowed',
  status: 403,
  requestId: undefined,
} as const;

const sorted = (states: Map<string, string | null>) => [...states].sort(([a], [b]) => (a < b ? -1 : 1));
const lastRun = async () => (await lastSweeps(ENVIRONMENT, 1))[0];

describe('a sweep of some thousand certificates', () => {
  it('that is killed in its middle is gone on with by another process, and the dead one writes no more', async () => {
    const killedAtCall = 3 + Math.floor(seededRandom(20261122)() * 30);
    let calls = 0;
    let reached = () => {};
    const isDead = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let wake = () => {};
    const grave = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const mortal = (iot: SweepIot): SweepIot => {
      const counted =
        <Arguments extends unknown[], Value>(call: (...args: Arguments) => Promise<Value>) =>
        async (...args: Arguments) => {
          calls += 1;
          const answer = await call(...args);
          if (calls === killedAtCall) {
            reached();
            await grave;
          }
          return answer;
        };
      return {
        listCaCertificates: counted(iot.listCaCertificates),
        listCertificatesByCa: counted(iot.listCertificatesByCa),
        listCertificates: iot.listCertificates,
        describeCertificate: counted(iot.describeCertificate),
        indexedThings: counted(iot.indexedThings),
      };
    };
    await register(many);
    await issue(many);
    const { lease, progress } = await begin();
    const killed = runSweep(contextWith(mortal, many), lease, progress);
    await isDead;
    // Its lease protects it as long as it may be alive.
    expect(await takeOverSweep(ENVIRONMENT, 'two', { now: new Date() })).toBeUndefined();
    const later = new Date(Date.now() + LEASE_MS + 1000);
    const taken = await takeOverSweep(ENVIRONMENT, 'two', { now: later });
    expect(taken?.progress.counts.listed).toBeGreaterThan(0);
    if (taken === undefined) throw new Error('nobody took over');
    const ended = await runSweep(contextWith(undefined, many), { ...lease, holder: 'two' }, taken.progress);
    expect(ended).toBe('ended');
    const after = await lastRun();
    expect(after).toMatchObject({
      state: 'done',
      progress: {
        counts: { cas: 1, listed: 3050, changed: 2800, added: 250, deleted: 0 },
        unseen: [],
        index: 'off',
      },
    });
    expect(sorted(await states())).toEqual(sorted(expected(many)));
    wake();
    expect(await killed).toBe('left');
    expect(await lastRun()).toEqual(after);
  }, 120_000);
});

describe('a sweep', () => {
  const { issued, foreign } = few;
  const size = issued.length + foreign.length;
  beforeEach(() => issue(few));

  it('adds what only AWS knows with what its certificate says, and keeps first contact and activation', async () => {
    const { lease, progress } = await begin();
    await runSweep(contextWith(), lease, progress);
    const [inactive, active] = foreign;
    expect(await find(ENVIRONMENT, active?.certificateId ?? '')).toMatchObject({
      commonName: 'foreign-1',
      caId,
      serial: expect.stringMatching(/^[0-9a-f]+$/),
      notAfter: new Date('2049-12-31T23:59:59Z'),
      origin: 'sweep',
      delivery: 'delivered',
      lastSeenSource: 'sweep',
      lastSeenState: expect.stringMatching(/ACTIVE/),
      registeredAt: expect.any(Date),
    });
    const both = [inactive, active].map((made) => made?.certificateId ?? '');
    const rows = await Promise.all(both.map((id) => find(ENVIRONMENT, id)));
    for (const row of rows) {
      expect(row?.activatedAt).toEqual(row?.lastSeenState === 'ACTIVE' ? row?.registeredAt : undefined);
    }
    expect(await countUnread(ENVIRONMENT)).toBe(0);
  }, 60_000);

  it('of a throttling, failing AWS takes longer and sees everything all the same', async () => {
    const faults = [
      { operation: 'ListCACertificates', fault: 'throttling', count: 4 },
      { operation: 'ListCertificatesByCA', fault: 'throttling', probability: 0.3, count: 12 },
      { operation: 'ListCertificatesByCA', fault: 'server-error', probability: 0.3, count: 6 },
      { operation: 'ListCertificatesByCA', fault: 'dropped-connection', probability: 0.2, count: 3 },
      { operation: 'DescribeCertificate', fault: 'throttling', probability: 0.3, count: 8 },
      { operation: 'DescribeCertificate', fault: 'server-error', count: 4 },
    ];
    for (const fault of faults) {
      const answer = await fetch(`${sandbox.api}/_sandbox/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      expect(answer.ok).toBe(true);
    }
    const { lease, progress } = await begin();
    const waits: number[] = [];
    const context = contextWith();
    const ended = await runSweep(
      {
        ...context,
        sleep(ms) {
          waits.push(ms);
          return context.sleep(ms);
        },
      },
      lease,
      progress,
    );
    await fetch(`${sandbox.api}/_sandbox/faults`, { method: 'DELETE' });
    expect(ended).toBe('ended');
    const run = await lastRun();
    expect(run).toMatchObject({ state: 'done', progress: { unseen: [], waiting: null } });
    expect(run?.progress.counts.throttled).toBeGreaterThan(0);
    expect(Math.max(...waits)).toBeGreaterThanOrEqual(500);
    expect(sorted(await states())).toEqual(sorted(expected(few)));
  }, 90_000);

  it('that AWS does not answer says what it did not see, and leaves what was seen before with its time', async () => {
    const first = await begin();
    await runSweep(contextWith(), first.lease, first.progress);
    const before = await database().select().from(issuedCertificates);
    const outage = {
      kind: 'aws-unreachable',
      service: 'IoT',
      operation: 'x',
      reason: 'ECONNREFUSED',
    } as const;
    let calls = 0;
    const second = await begin();
    await runSweep(
      contextWith((iot) => ({
        ...iot,
        listCertificatesByCa: async (...args) => {
          calls += 1;
          return calls > 1 ? fail(outage) : iot.listCertificatesByCa(...args);
        },
      })),
      second.lease,
      second.progress,
    );
    expect(await lastRun()).toMatchObject({
      state: 'done',
      progress: {
        counts: { cas: 0, listed: 250, deleted: 0 },
        unseen: [{ part: 'ca', id: caId, reason: 'ECONNREFUSED' }],
      },
    });
    const after = await database().select().from(issuedCertificates);
    const timeOf = new Map(
      before.map(({ certificateId, lastSeenAt }) => [certificateId, lastSeenAt?.getTime()]),
    );
    const renewed = after.filter(
      ({ certificateId, lastSeenAt }) => timeOf.get(certificateId) !== lastSeenAt?.getTime(),
    );
    expect(renewed).toHaveLength(250);
    expect(after).toHaveLength(before.length);
  }, 60_000);

  it('that may not list CAs, or breaks off by a bug, fails; one that may not read certificates says so and ends', async () => {
    const first = await begin();
    await runSweep(
      contextWith((iot) => ({ ...iot, listCaCertificates: async () => fail(refusal) })),
      first.lease,
      first.progress,
    );
    expect(await lastRun()).toMatchObject({
      state: 'failed',
      progress: { unseen: [{ part: 'cas', reason: 'AccessDeniedException', message: 'not allowed' }] },
    });
    const broken = await begin();
    const error = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await runSweep(
      contextWith((iot) => ({ ...iot, listCaCertificates: () => Promise.reject(new TypeError('a bug')) })),
      broken.lease,
      broken.progress,
    );
    expect(error).toHaveBeenCalledWith(expect.stringContaining('sweep.crashed'));
    error.mockRestore();
    expect(await lastRun()).toMatchObject({
      state: 'failed',
      progress: { unseen: [{ part: 'sweep', reason: 'unexpected' }] },
    });
    const second = await begin();
    await runSweep(
      contextWith((iot) => ({ ...iot, describeCertificate: async () => fail(refusal) })),
      second.lease,
      second.progress,
    );
    expect(await lastRun()).toMatchObject({
      state: 'done',
      progress: { counts: { changed: issued.length, added: 0 }, unseen: [{ part: 'details' }] },
    });
    // Found and not lost: the next sweep reads them.
    expect(await countUnread(ENVIRONMENT)).toBe(foreign.length);
  }, 60_000);

  it('that may not read some certificates reads all the others, and says which it could not', async () => {
    const byId = foreign.map((device) => device.certificateId).toSorted((a, b) => (a < b ? -1 : 1));
    const denied = [...byId.slice(0, 3), ...byId.slice(20, 21), ...byId.slice(-1)];
    const { lease, progress } = await begin();
    await runSweep(
      contextWith((iot) => ({
        ...iot,
        describeCertificate: async (id) =>
          denied.includes(id) ? fail(refusal) : iot.describeCertificate(id),
      })),
      lease,
      progress,
    );
    const run = await lastRun();
    expect(run).toMatchObject({
      state: 'done',
      progress: {
        counts: { added: foreign.length - denied.length, failed: denied.length },
        unseenCount: denied.length,
      },
    });
    expect(run?.progress.unseen).toEqual(
      denied.map((id) => ({
        part: 'details',
        id,
        reason: 'AccessDeniedException',
        message: 'not allowed',
      })),
    );
    expect(await countUnread(ENVIRONMENT)).toBe(denied.length);
  }, 60_000);

  it('notices what AWS has no more, and what became active since', async () => {
    const first = await begin();
    await runSweep(contextWith(), first.lease, first.progress);
    const [gone, changed] = [issued[0], issued[3]].map((device) => device?.certificateId ?? '');
    await sdk().send(new DeleteCertificateCommand({ certificateId: gone }));
    await sdk().send(new UpdateCertificateCommand({ certificateId: changed, newStatus: 'ACTIVE' }));
    const asked = new Date();
    const second = await begin();
    await runSweep(contextWith(), second.lease, second.progress);
    expect(await lastRun()).toMatchObject({
      progress: { counts: { listed: size - 1, changed: 1, deleted: 1 } },
    });
    expect(await find(ENVIRONMENT, gone ?? '')).toMatchObject({ lastSeenState: 'DELETED' });
    const row = await find(ENVIRONMENT, changed ?? '');
    expect(row?.activatedAt?.getTime()).toBeGreaterThanOrEqual(asked.getTime());
    expect(await find(ENVIRONMENT, neverConnected.certificateId)).toMatchObject({ lastSeenState: undefined });
    await sdk().send(
      new RegisterCertificateCommand({
        certificatePem: issued[0]?.pem,
        caCertificatePem: ca.pem,
        status: 'INACTIVE',
      }),
    );
    await sdk().send(new UpdateCertificateCommand({ certificateId: changed, newStatus: 'INACTIVE' }));
  }, 60_000);

  it('of an AWS that lists more CAs than it asks for says that there are others', async () => {
    const { lease, progress } = await begin();
    // The sweep reads nothing else of a listed CA.
    const item = (index: number) => ({ caId: `${index}`.padStart(64, '0') }) as never;
    let page = 0;
    await runSweep(
      contextWith((iot) => ({
        ...iot,
        listCaCertificates: async () => {
          page += 1;
          const items = Array.from({ length: 250 }, (_, index) => item(page * 250 + index));
          return ok({ items, nextToken: 'more' });
        },
        listCertificatesByCa: async () => ok({ items: [], nextToken: undefined }),
      })),
      lease,
      progress,
    );
    expect(page).toBe(CAS_MAX / 250);
    expect(await lastRun()).toMatchObject({
      state: 'done',
      progress: {
        counts: { cas: CAS_MAX, casFound: CAS_MAX },
        unseen: [{ part: 'ca', id: null, reason: 'too-many-cas' }],
      },
    });
  }, 60_000);

  it('keeps its lease through the longest waits of a slow AWS that has enough of it', async () => {
    const { lease, progress } = await begin();
    let nowMs = Date.now();
    const now = () => new Date(nowMs);
    const tooFast = {
      kind: 'aws',
      service: 'IoT',
      operation: 'x',
      name: 'ThrottlingException',
      message: '',
      status: 429,
      requestId: undefined,
    } as const;
    const stolen: unknown[] = [];
    const slow = async () => {
      // As long as a call and the wait for its turn may take.
      nowMs += 30_000;
      stolen.push(await takeOverSweep(ENVIRONMENT, 'two', { now: now() }));
      return fail(tooFast);
    };
    const context = contextWith((iot) => ({ ...iot, listCaCertificates: slow }));
    const sleep = async (ms: number) => {
      nowMs += ms;
    };
    expect(await runSweep({ ...context, now, sleep, random: () => 1 }, lease, progress)).toBe('ended');
    expect(stolen).toEqual(Array.from({ length: 8 }, () => undefined));
  });

  it('of slow answers writes what it read before its lease ends', async () => {
    const first = await begin();
    let nowMs = Date.now();
    const now = () => new Date(nowMs);
    const stolen: unknown[] = [];
    const context = contextWith((iot) => ({
      ...iot,
      describeCertificate: async (id) => {
        nowMs += 9_000;
        stolen.push(await takeOverSweep(ENVIRONMENT, 'two', { now: now() }));
        return iot.describeCertificate(id);
      },
    }));
    expect(await runSweep({ ...context, now }, first.lease, first.progress)).toBe('ended');
    expect(stolen).toEqual(foreign.map(() => undefined));
    expect(await lastRun()).toMatchObject({ state: 'done', progress: { counts: { added: foreign.length } } });
  }, 60_000);

  it('takes connectivity from the index where it is on, and stops where it is cancelled', async () => {
    await sdk().send(
      new UpdateIndexingConfigurationCommand({
        thingIndexingConfiguration: {
          thingIndexingMode: 'REGISTRY',
          thingConnectivityIndexingMode: 'STATUS',
        },
      }),
    );
    await each([1, 2, 4], (index) => sdk().send(new CreateThingCommand({ thingName: `issued-${index}` })));
    await vi.waitFor(async () => {
      const described = await sdk().send(new DescribeIndexCommand({ indexName: 'AWS_Things' }));
      expect(described.indexStatus).toBe('ACTIVE');
    }, 5000);
    // Somebody looked: the thing of its name is not the one that it is attached to.
    const attached = issued[4]?.certificateId ?? '';
    await recordSeen(ENVIRONMENT, attached, 'ACTIVE', new Date(0), { thingName: 'line-7' });
    for (const _ of ['the first time', 'once more']) {
      const { lease, progress } = await begin();
      await runSweep(contextWith(), lease, progress);
      expect(await lastRun()).toMatchObject({ progress: { index: 'read', counts: { indexed: 2 } } });
      expect(await find(ENVIRONMENT, issued[1]?.certificateId ?? '')).toMatchObject({
        thingName: 'issued-1',
      });
      expect(await find(ENVIRONMENT, attached)).toMatchObject({ thingName: 'line-7' });
    }

    const other = { ...(await begin()).lease, id: 'x', scope: 'account', startedBy: undefined } as const;
    expect(await beginSweep(other, new Date())).toBe(undefined);
    const run = await lastRun();
    if (run === undefined) throw new Error('no run');
    const left = runSweep(
      contextWith((iot) => ({
        ...iot,
        listCertificatesByCa: async (...args) => {
          await cancelSweep(ENVIRONMENT, run.id, new Date());
          return iot.listCertificatesByCa(...args);
        },
      })),
      { environment: ENVIRONMENT, id: run.id, holder: run.leaseHolder },
      run.progress,
    );
    expect(await left).toBe('left');
    expect(await lastRun()).toMatchObject({ state: 'cancelled', progress: { counts: { listed: 0 } } });
    const [row] = await database()
      .select()
      .from(sweepRuns)
      .where(and(eq(sweepRuns.environment, ENVIRONMENT), eq(sweepRuns.state, 'running')));
    expect(row).toBeUndefined();
  }, 60_000);
});
