/** Chunks of a batch on their way into the ledger, with a real sandbox for AWS. */
import { X509Certificate } from 'node:crypto';
import { RegisterCACertificateCommand, UpdateCACertificateCommand } from '@aws-sdk/client-iot';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { runAction } from '@/lib/actions/run-action';
import { connectionsOf } from '@/lib/aws/connections';
import { SANDBOX_CREDENTIALS } from '@/lib/aws/testing/sandbox-environment';
import { requireEnvironment } from '@/lib/config/environments';
import { beginBatch, countDevices } from '@/lib/ledger/batches';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMaker, type Made } from '@/lib/sandbox/testing/certificate-maker';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { reserveBatch } from './reserve-batch';

const BATCH = '6a1c7a5e-5d5b-4d1c-9a53-0f2f7a4b9c11';
const CHUNKS = 12;
/** What a person is told of how long a batch may go on under a CA that was switched off. */
const KEPT_MS = 10_000;
const now = new Date('2026-11-22T10:00:00Z');

let sandbox: Sandbox;
let make: CertificateMaker;
let database: AsyncDisposable;
let ca: Made;
let certificates: string[];

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  [sandbox, make] = await Promise.all([startSandbox(), CertificateMaker.open()]);
  const { api } = sandbox;
  const endpoints = { iot: api, iotData: api, iam: api, sts: api, cloudTrail: api, lambda: api };
  const lab = {
    ...{ id: 'lab', name: 'Lab', kind: 'sandbox', accountId: '123456789012', region: 'eu-central-1' },
    ...{ endpoints, mqtt: sandbox.mqtt, serverTrustFile: sandbox.caFile },
  };
  vi.stubEnv('ENVIRONMENTS', JSON.stringify([lab]));
  database = await startEmbeddedDatabase();
  ca = await make.ca({ subject: '/O=Batch TESTING ONLY' });
  await connectionsOf(requireEnvironment('lab')).iot.send(
    new RegisterCACertificateCommand({
      ...{ caCertificate: ca.pem, certificateMode: 'SNI_ONLY', setAsActive: true },
    }),
  );
  const devices = { environment: 'lab', id: BATCH, caId: ca.id, devices: CHUNKS };
  expectOk(
    await beginBatch(
      { ...devices, operatorId: 'o1', operatorName: 'Ada', settings: { keyOrigin: 'console' } },
      now,
    ),
  );
  certificates = await Promise.all(
    Array.from({ length: CHUNKS }, async (_, index) => {
      const { pem } = await make.leaf(ca, { subject: `/CN=pump-${index}` });
      return new X509Certificate(pem).raw.toString('base64');
    }),
  );
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await make[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

const reserve = (certificate: string) =>
  runAction(
    reserveBatch,
    { environment: 'lab', batch: BATCH, certificates: [certificate] },
    {
      operator: async () => ({ id: 'o1', name: 'Ada', email: 'ada@example.com', role: 'engineer' }),
      isSameOrigin: true,
      clientAddress: undefined,
    },
  );

it('costs AWS one call for many chunks, and ends with its CA within ten seconds', async () => {
  const { iot } = connectionsOf(requireEnvironment('lab'));
  const sent = vi.spyOn(iot, 'send');
  const elapsed = { ms: 0 };
  const clock = performance.now.bind(performance);
  const start = clock();
  vi.spyOn(performance, 'now').mockImplementation(() => start + elapsed.ms);

  const [first = '', ...others] = certificates;
  for (const answer of await Promise.all(others.map(reserve))) expectOk(answer);
  // A batch that is resumed tells all its chunks again.
  for (const certificate of others) expectOk(await reserve(certificate));
  expect(sent).toHaveBeenCalledTimes(1);
  expect(await countDevices('lab', BATCH)).toBe(CHUNKS - 1);

  const update = { certificateId: ca.id, newStatus: 'INACTIVE' as const };
  await iot.send(new UpdateCACertificateCommand(update));
  elapsed.ms = KEPT_MS;
  const inactive = { ok: false, failure: { kind: 'conflict', reason: 'ca-inactive' } };
  expect(await reserve(first)).toEqual(inactive);
  expect(await countDevices('lab', BATCH)).toBe(CHUNKS - 1);

  await iot.send(new UpdateCACertificateCommand({ ...update, newStatus: 'ACTIVE' }));
  expectOk(await reserve(first));
});
