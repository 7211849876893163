/** What a diagnosis makes of AWS when the console may not ask everything, or there is more than ten calls can ask. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SANDBOX_CREDENTIALS } from '@/lib/aws/testing/sandbox-environment';
import { CALLS_PER_DIAGNOSIS_MAX } from '@/lib/diagnosis/facts-needed';
import { DiagnosisBench, type FleetDevice, thingTemplate } from './testing/diagnosis-bench';
import { dropped } from './testing/dropped';

let bench: DiagnosisBench;
beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  bench = await DiagnosisBench.open();
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

describe('a console whose AWS role lacks permissions', () => {
  const refusing = createServer((request, response) => {
    request.resume();
    const isQuery = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    response.writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' });
    response.end(
      isQuery
        ? '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>'
        : '{"message":"no"}',
    );
  });
  let url: string;
  beforeAll(async () => {
    refusing.listen(0, '127.0.0.1');
    await once(refusing, 'listening');
    const address = refusing.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    url = `http://127.0.0.1:${address.port}`;
  });
  afterAll(() => refusing.close());

  async function stuck(): Promise<FleetDevice> {
    const registration = bench.inline(thingTemplate().replace('"Fleet"', '"nowhere"'));
    const device = await bench.fleet({ registration });
    await bench.firstConnect(device);
    return device;
  }

  it('to read roles still tells what the template lacks, and names what it could not see', async () => {
    const { leaf } = await stuck();
    const { diagnosis } = await bench.diagnose(leaf, { endpoints: { iam: url } });
    expect(diagnosis.findings.map(({ code }) => code)).toEqual(['names-missing']);
    expect(diagnosis.unseen.map(({ fact, why, evidence }) => [fact, why, evidence.source])).toEqual([
      ['role', 'not-permitted', 'GetRole'],
      ['permissions', 'not-permitted', 'SimulatePrincipalPolicy'],
    ]);
  });

  it('to read CloudTrail says so when it was asked for', async () => {
    const { leaf } = await stuck();
    const brought = { isCloudTrailWanted: true, endpoints: { cloudTrail: url } };
    const { diagnosis } = await bench.diagnose(leaf, brought);
    expect(diagnosis.findings.map(({ code }) => code)).toEqual(['names-missing']);
    expect(diagnosis.unseen.map(({ fact, why }) => [fact, why])).toEqual([
      ['registerThing', 'not-permitted'],
    ]);
  });

  it('to read anything of IoT claims nothing', async () => {
    const { leaf } = await bench.activated();
    const { diagnosis } = await bench.diagnose(leaf, { endpoints: { iot: url } });
    expect([diagnosis.findings, diagnosis.ladder.phase]).toEqual([[], 'unread']);
    expect(diagnosis.unseen.map(({ fact }) => fact)).toEqual(['certificate', 'issuers']);
  });
});

describe('an account with many CAs', () => {
  /** No other test registers any there. */
  const region = 'ap-south-1';
  const devices: FleetDevice[] = [];
  beforeAll(async () => {
    for (let count = 0; count < CALLS_PER_DIAGNOSIS_MAX; count += 1) {
      devices.push(await bench.fleet({ registration: { setAsActive: false }, region }));
    }
  });

  it.each([
    { at: 9, reason: 'the newest' },
    { at: 3, reason: 'the seventh' },
  ])('has the issuer found among the newest: $reason', async ({ at }) => {
    const device = devices[at];
    if (device === undefined) throw new Error('there is no such device');
    const { diagnosis, calls } = await bench.diagnose(device.leaf, { region });
    expect(diagnosis.findings[0]).toMatchObject({ code: 'ca-inactive', params: { ca: device.ca.id } });
    expect(calls).toBeLessThanOrEqual(CALLS_PER_DIAGNOSIS_MAX);
  });

  it('is not said to lack the issuer where there are more than ten calls can read', async () => {
    const [device] = devices;
    if (device === undefined) throw new Error('there is no device');
    const { diagnosis, calls } = await bench.diagnose(device.leaf, { region });
    expect(diagnosis.findings).toEqual([]);
    expect(diagnosis.unseen.map(({ fact, why }) => [fact, why])).toEqual([['issuers', 'incomplete']]);
    expect(calls).toBe(CALLS_PER_DIAGNOSIS_MAX);
  });

  it('is asked for one CA where the person has its certificate as well', async () => {
    const [device] = devices;
    if (device === undefined) throw new Error('there is no device');
    const { given } = await dropped(device.leaf, device.ca);
    const { diagnosis, calls } = await bench.diagnose(device.leaf, { region, given });
    expect([diagnosis.findings[0]?.code, calls]).toEqual(['ca-inactive', 2]);
  });
});
