/**
 * `npm run bench -- diagnose`: one diagnosis from the first call to the ordered findings, against the sandbox as its own
 * process, beside as many plain calls one after another as it makes. `--rounds N` (50), `--quick` (few: shows that it runs).
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { parseArgs } from 'node:util';
import {
  DescribeCertificateCommand,
  GetRegistrationCodeCommand,
  RegisterCACertificateCommand,
} from '@aws-sdk/client-iot';
import { gatherFacts } from '@/lib/aws/diagnosis/gather-facts';
import { iotFor } from '@/lib/aws/iot-gateway';
import { sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import { diagnose } from '@/lib/diagnosis/diagnose';
import { CertificateMint, type MintedCa, type MintedDevice } from '@/lib/sandbox/testing/certificate-mint';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { firstConnect } from '@/lib/sandbox/testing/first-connect';
import { makeFleetRole, registerFleetCa } from '@/lib/sandbox/testing/fleet-ca';
import { SandboxProcess } from '@/lib/sandbox/testing/sandbox-process';

/** What a person on the phone does not notice. */
const MEDIAN_MS_MAX = 300;
const REGION = 'us-east-2';
const PENDING_WAIT_MS_MAX = 10_000;

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { rounds: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds ?? (values.quick ? 3 : 50));

// The SDK's default chain finds these; the sandbox takes any.
process.env['AWS_ACCESS_KEY_ID'] ??= 'bench';
process.env['AWS_SECRET_ACCESS_KEY'] ??= 'bench';

type Measured = { state: string; calls: number; medianMs: number; floorMs: number; findings: string };

const sandbox = new SandboxProcess(path.resolve('dist/sandbox.mjs'), {
  SANDBOX_DATA_DIR: ':memory:',
  SANDBOX_PROVISIONING_DELAY_MS: '0',
});
try {
  const { api, mqtt, caFile } = await sandbox.ready();
  const environment = { ...sandboxEnvironment({ api, mqtt, caFile }), region: REGION };
  const devices = await prepare(api, mqtt.port);
  const rows: Measured[] = [];
  for (const [state, device] of Object.entries(devices)) {
    const diagnosed: number[] = [];
    const floor: number[] = [];
    let calls = 0;
    let findings = '';
    // The first round warms up and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      const began = performance.now();
      const gathered = await gatherFacts(environment, {
        certificateId: device.certificateId,
        certificatePem: device.pem,
        subject: undefined,
        given: undefined,
        ledger: undefined,
        clientId: undefined,
        topics: [],
      });
      const { findings: found } = diagnose(gathered.facts, new Date());
      const tookMs = performance.now() - began;
      calls = gathered.calls;
      findings = found.map(({ code }) => code).join(', ');
      const plainMs = await plainCalls(calls, device.certificateId);
      if (round === 0) continue;
      diagnosed.push(tookMs);
      floor.push(plainMs);
    }
    rows.push({ state, calls, medianMs: median(diagnosed), floorMs: median(floor), findings });
  }
  report(rows);

  async function plainCalls(count: number, certificateId: string): Promise<number> {
    const iot = iotFor(environment);
    const began = performance.now();
    for (let call = 0; call < count; call += 1) await iot.describeCertificate(certificateId);
    return performance.now() - began;
  }
} finally {
  await sandbox.end();
}

/** A device in each state that a diagnosis takes another way through. */
async function prepare(api: string, port: number): Promise<Record<string, MintedDevice>> {
  const mint = new CertificateMint(4);
  await makeFleetRole(api);
  const fleet = mint.ca('Bench fleet', 'ec');
  await registerFleetCa(api, fleet, mint);
  const bare = mint.ca('Bench without template', 'ec');
  await registerWithoutTemplate(api, bare, mint);

  const active = mint.device(fleet, 'bench-active');
  const pending = mint.device(bare, 'bench-pending');
  for (const { chainPem, keyPem } of [active, pending]) {
    const secureContext = createSecureContext({ cert: chainPem, key: keyPem });
    await firstConnect(port, { secureContext, clientId: 'bench' });
  }
  await untilActive(api, active.certificateId);
  return { 'never seen': mint.device(fleet, 'bench-away'), pending, active };
}

async function registerWithoutTemplate(api: string, ca: MintedCa, mint: CertificateMint): Promise<void> {
  const { iot } = clientsFor(api, REGION);
  const { registrationCode = '' } = await iot.send(new GetRegistrationCodeCommand({}));
  await iot.send(
    new RegisterCACertificateCommand({
      caCertificate: ca.pem,
      verificationCertificate: mint.device(ca, registrationCode).pem,
      setAsActive: true,
      allowAutoRegistration: true,
    }),
  );
}

async function untilActive(api: string, certificateId: string): Promise<void> {
  const { iot } = clientsFor(api, REGION);
  const until = performance.now() + PENDING_WAIT_MS_MAX;
  while (performance.now() < until) {
    const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }));
    if (certificateDescription?.status === 'ACTIVE') return;
  }
  throw new Error('the device was not provisioned');
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function report(rows: readonly Measured[]): void {
  console.table(
    Object.fromEntries(
      rows.map(({ state, calls, medianMs, floorMs, findings }) => [
        state,
        {
          calls,
          'median ms': medianMs.toFixed(1),
          'as many plain calls, ms': floorMs.toFixed(1),
          'of the plain calls': `${((medianMs / floorMs) * 100).toFixed(0)} %`,
          [`under ${MEDIAN_MS_MAX} ms`]: medianMs < MEDIAN_MS_MAX ? 'yes' : 'NO',
          findings,
        },
      ]),
    ),
  );
  const file = path.resolve('.data/bench/diagnose.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
  console.log(`The numbers are in ${file}.`);
}
