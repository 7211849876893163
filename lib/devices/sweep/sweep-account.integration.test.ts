/** Sweeps of a whole account, whose certificates are not all of a CA that is registered. */
import { createHash } from 'node:crypto';
import {
  CreateKeysAndCertificateCommand,
  DeleteCACertificateCommand,
  DeleteCertificateCommand,
  type IoTClient,
  RegisterCACertificateCommand,
  RegisterCertificateCommand,
  RegisterCertificateWithoutCACommand,
  UpdateCACertificateCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { iotInBackground } from '@/lib/aws/iot-gateway';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { sweepRuns, unreadCertificates } from '@/lib/db/schema/sweeps';
import type { Failure } from '@/lib/failure';
import { find } from '@/lib/ledger/read';
import { NO_CA } from '@/lib/ledger/sweep-pages';
import type { SweepScope } from '@/lib/ledger/sweep-progress';
import { beginSweep, LEASE_MS, lastSweeps, takeOverSweep } from '@/lib/ledger/sweep-runs';
import { fail, type Result } from '@/lib/result';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint, type MintedCa } from '@/lib/sandbox/testing/certificate-mint';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { runSweep, type SweepContext } from './run-sweep';
import type { SweepIot } from './sweep-steps';

const ENVIRONMENT = 'sandbox';
/** Two pages of AWS's list, with the others. */
const OF_CA = 260;
const WITHOUT_CA = 12;
const OF_GONE_CA = 8;
const BY_AWS = 2;
/** With the one that signed itself. */
const OF_NO_CA = WITHOUT_CA + 1 + BY_AWS;
const ALL = OF_CA + OF_GONE_CA + OF_NO_CA;

let ledger: AsyncDisposable;
let sandbox: Sandbox;
let client: IoTClient;
const mint = new CertificateMint(7);
const registered = mint.ca('registered TESTING ONLY', 'ec');
const gone = mint.ca('gone TESTING ONLY', 'ec');
const unknown = mint.ca('unknown TESTING ONLY', 'ec');
const devicesOf = (ca: MintedCa, count: number) =>
  Array.from({ length: count }, (_, index) => mint.device(ca, `device-${index}`));
const ofCa = devicesOf(registered, OF_CA);
const ofGone = devicesOf(gone, OF_GONE_CA);
const withoutCa = devicesOf(unknown, WITHOUT_CA);
const idOf = ({ der }: MintedCa) => createHash('sha256').update(der).digest('hex');

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  [ledger, sandbox] = await Promise.all([startEmbeddedDatabase(), startSandbox()]);
  client = clientsFor(sandbox.api, 'eu-central-1').iot;
  for (const [ca, devices] of [
    [registered, ofCa],
    [gone, ofGone],
  ] as const) {
    const input = { caCertificate: ca.pem, certificateMode: 'SNI_ONLY', setAsActive: true } as const;
    await client.send(new RegisterCACertificateCommand(input));
    const { pem: caCertificatePem } = ca;
    for (const { pem: certificatePem } of devices) {
      await client.send(
        new RegisterCertificateCommand({ certificatePem, caCertificatePem, status: 'ACTIVE' }),
      );
    }
  }
  const certificateId = idOf(gone);
  await client.send(new UpdateCACertificateCommand({ certificateId, newStatus: 'INACTIVE' }));
  await client.send(new DeleteCACertificateCommand({ certificateId }));
  for (const { pem: certificatePem } of [...withoutCa, unknown]) {
    await client.send(new RegisterCertificateWithoutCACommand({ certificatePem, status: 'INACTIVE' }));
  }
  for (let made = 0; made < BY_AWS; made += 1) await client.send(new CreateKeysAndCertificateCommand({}));
}, 60_000);
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

const contextWith = (change: (iot: SweepIot) => SweepIot = (iot) => iot): SweepContext => ({
  environment: ENVIRONMENT,
  iot: change(iotInBackground(sandboxEnvironment(sandbox))),
  now: () => new Date(),
  sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
  random: () => 0,
});

async function begin(scope: SweepScope, holder = 'one') {
  const id = crypto.randomUUID();
  const run = await beginSweep(
    { environment: ENVIRONMENT, id, holder, scope, startedBy: undefined },
    new Date(),
  );
  if (run === undefined) throw new Error('a sweep is running');
  return { lease: { environment: ENVIRONMENT, id, holder }, progress: run.progress };
}

async function sweep(scope: SweepScope, change?: (iot: SweepIot) => SweepIot) {
  const { lease, progress } = await begin(scope);
  expect(await runSweep(contextWith(change), lease, progress)).toBe('ended');
  return (await lastSweeps(ENVIRONMENT, 1))[0];
}

/** How many rows the ledger has of each CA. */
async function rowsByCa(): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const { caId } of await database().select().from(issuedCertificates)) {
    counted[caId] = (counted[caId] ?? 0) + 1;
  }
  return counted;
}

const EVERYTHING = {
  [idOf(registered)]: OF_CA,
  [idOf(gone)]: OF_GONE_CA,
  [NO_CA]: OF_NO_CA,
};

it('finds what no CA’s list has: registered without a CA, by a CA that is gone, or made by AWS', async () => {
  const byCas = await sweep('registered-cas');
  expect(byCas).toMatchObject({ state: 'done', progress: { counts: { listed: OF_CA, added: OF_CA } } });
  expect(await rowsByCa()).toEqual({ [idOf(registered)]: OF_CA });

  const reads: string[] = [];
  const run = await sweep('account', (iot) => ({
    ...iot,
    describeCertificate: (id) => {
      reads.push(id);
      return iot.describeCertificate(id);
    },
    indexedThings: () => Promise.reject(new Error('the index is not asked')),
  }));
  expect(run).toMatchObject({
    state: 'done',
    progress: {
      scope: 'account',
      index: 'not-asked',
      unseen: [],
      counts: { listed: ALL, changed: 0, added: ALL - OF_CA, deleted: 0 },
    },
  });
  expect(await rowsByCa()).toEqual(EVERYTHING);
  // What the ledger has already is not read again.
  expect(reads).toHaveLength(ALL - OF_CA);
  expect(await find(ENVIRONMENT, withoutCa[0]?.certificateId ?? '')).toMatchObject({
    commonName: 'device-0',
    origin: 'sweep',
    lastSeenState: 'INACTIVE',
    lastSeenSource: 'sweep',
    registeredAt: expect.any(Date),
  });
}, 60_000);

it('takes a certificate that signed itself for a device’s, as AWS does', async () => {
  expect(await sweep('account')).toMatchObject({ state: 'done', progress: { unseen: [] } });
  expect(await find(ENVIRONMENT, idOf(unknown))).toMatchObject({ commonName: 'unknown TESTING ONLY' });
}, 60_000);

it('that is killed between two pages is gone on with by another process', async () => {
  let reached = () => {};
  const isDead = new Promise<void>((resolve) => {
    reached = resolve;
  });
  let wake = () => {};
  const grave = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const { lease, progress } = await begin('account');
  const killed = runSweep(
    contextWith((iot) => ({
      ...iot,
      async listCertificates(page) {
        const answer = await iot.listCertificates(page);
        if (page.token !== undefined) {
          reached();
          await grave;
        }
        return answer;
      },
    })),
    lease,
    progress,
  );
  await isDead;
  const later = new Date(Date.now() + LEASE_MS + 1000);
  const taken = await takeOverSweep(ENVIRONMENT, 'two', { now: later });
  if (taken === undefined) throw new Error('nobody took over');
  expect(taken.progress).toMatchObject({ scope: 'account', step: 'account', counts: { listed: 250 } });
  const pages: (string | undefined)[] = [];
  const second = contextWith((iot) => ({
    ...iot,
    listCertificates: (page) => {
      pages.push(page.token);
      return iot.listCertificates(page);
    },
  }));
  expect(await runSweep(second, { ...lease, holder: 'two' }, taken.progress)).toBe('ended');
  expect(pages).toEqual([taken.progress.marker]);
  expect(await rowsByCa()).toEqual(EVERYTHING);
  wake();
  expect(await killed).toBe('left');
}, 60_000);

it('asks for those that AWS has no more, but leaves the ones of registered CAs to their own lists', async () => {
  await sweep('account');
  const [orphan, ofGoneCa, ofRegistered] = [withoutCa[1], ofGone[1], ofCa[1]].map(
    (device) => device?.certificateId ?? '',
  );
  for (const certificateId of [orphan, ofGoneCa, ofRegistered]) {
    await client.send(new UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }));
    await client.send(new DeleteCertificateCommand({ certificateId }));
  }
  const state = async (id = '') => (await find(ENVIRONMENT, id))?.lastSeenState;
  expect(await sweep('account')).toMatchObject({
    state: 'done',
    progress: { counts: { listed: ALL - 3, changed: 0, deleted: 2 } },
  });
  expect([await state(orphan), await state(ofGoneCa)]).toEqual(['DELETED', 'DELETED']);
  expect(await state(ofRegistered)).toBe('ACTIVE');
  expect(await sweep('registered-cas')).toMatchObject({ progress: { counts: { deleted: 1 } } });
  expect(await state(ofRegistered)).toBe('DELETED');
}, 60_000);

it('begins its list anew where AWS refuses the marker, and fails where AWS does not let it list', async () => {
  const refusal = (name: string, status: number): Result<never, Failure> =>
    fail({
      ...{ kind: 'aws', service: 'IoT', operation: 'ListCertificates', name, message: 'no' },
      ...{ status, requestId: undefined },
    });
  let isRefused = false;
  const restarted = await sweep('account', (iot) => ({
    ...iot,
    listCertificates: async (page) => {
      if (page.token === undefined || isRefused) return iot.listCertificates(page);
      isRefused = true;
      return refusal('InvalidRequestException', 400);
    },
  }));
  expect(restarted).toMatchObject({ state: 'done', progress: { unseen: [], counts: { deleted: 0 } } });
  const rows = await rowsByCa();

  const denied = await sweep('account', (iot) => ({
    ...iot,
    listCertificates: async () => refusal('AccessDeniedException', 403),
  }));
  expect(denied).toMatchObject({
    state: 'failed',
    progress: { unseen: [{ part: 'account', id: null, reason: 'AccessDeniedException', message: 'no' }] },
  });
  expect(await rowsByCa()).toEqual(rows);
}, 60_000);
