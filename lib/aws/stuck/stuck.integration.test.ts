/** The stuck queue against a running sandbox, with real TLS clients in different failing states. */
import { createSecureContext } from 'node:tls';
import {
  GetRegistrationCodeCommand,
  RegisterCACertificateCommand,
  type RegistrationConfig,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { iotFor } from '@/lib/aws/iot-gateway';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint, type MintedDevice } from '@/lib/sandbox/testing/certificate-mint';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { firstConnect } from '@/lib/sandbox/testing/first-connect';
import { makeFleetRole } from '@/lib/sandbox/testing/fleet-ca';
import { lookAtStuck } from './look-at-stuck';
import { scanStuck } from './scan-stuck';

/** Asks for a country, which no device here has. */
const TEMPLATE = JSON.stringify({
  Parameters: {
    'AWS::IoT::Certificate::Country': { Type: 'String' },
    'AWS::IoT::Certificate::Id': { Type: 'String' },
  },
  Resources: {
    thing: {
      Type: 'AWS::IoT::Thing',
      Properties: { ThingName: { Ref: 'AWS::IoT::Certificate::Country' } },
    },
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
    },
  },
});
const ROLE = 'arn:aws:iam::123456789012:role/FleetProvisioning';
const PENDING = { minutes: 5, withInactive: false, caId: undefined, token: undefined };

let sandbox: Sandbox;
const mint = new CertificateMint(2);
const environment = () => sandboxEnvironment(sandbox);
const sdk = () => clientsFor(sandbox.api, 'eu-central-1').iot;
/** Ten minutes on: what is pending by then is stuck. */
const later = () => new Date(Date.now() + 600_000);

let jitp: { caId: string; devices: MintedDevice[] };
let jitr: { caId: string; devices: MintedDevice[] };

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  sandbox = await startSandbox();
  await makeFleetRole(sandbox.api);
  jitp = await fleet('Stuck JITP', 3, { templateBody: TEMPLATE, roleArn: ROLE });
  jitr = await fleet('Stuck JITR', 2);
}, 60_000);
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});
afterEach(() => fetch(`${sandbox.api}/_sandbox/faults`, { method: 'DELETE' }));

/** A CA of its own whose devices have made their first contact. */
async function fleet(name: string, count: number, registrationConfig?: RegistrationConfig) {
  const ca = mint.ca(`${name} TESTING ONLY`, 'ec');
  const { registrationCode = '' } = await sdk().send(new GetRegistrationCodeCommand({}));
  const { certificateId: caId = '' } = await sdk().send(
    new RegisterCACertificateCommand({
      caCertificate: ca.pem,
      verificationCertificate: mint.device(ca, registrationCode).pem,
      setAsActive: true,
      allowAutoRegistration: true,
      ...(registrationConfig && { registrationConfig }),
    }),
  );
  const devices = Array.from({ length: count }, (_, index) => mint.device(ca, `${name}-${index}`));
  for (const { chainPem, keyPem } of devices) {
    const secureContext = createSecureContext({ cert: chainPem, key: keyPem });
    await firstConnect(sandbox.mqtt.port, { secureContext, clientId: 'stuck' });
  }
  return { caId, devices };
}

const idsOf = (devices: readonly MintedDevice[]) => devices.map(({ certificateId }) => certificateId);
const all = () => [...idsOf(jitp.devices), ...idsOf(jitr.devices)];

describe('the stuck queue', () => {
  it('finds what has waited for long enough, with one call for 250 certificates', async () => {
    const early = await scanStuck(environment(), PENDING, new Date());
    expect(early).toMatchObject({ ok: true, value: { rows: [], scannedCount: 5, calls: 1 } });
    const scan = await scanStuck(environment(), PENDING, later());
    expect(scan).toMatchObject({ ok: true, value: { scannedCount: 5, calls: 1, nextToken: undefined } });
    expect(scan.ok && new Set(scan.value.rows.map(({ certificateId }) => certificateId))).toEqual(
      new Set(all()),
    );
  });

  it('finds those of one CA', async () => {
    const scan = await scanStuck(environment(), { ...PENDING, caId: jitr.caId }, later());
    expect(scan.ok && scan.value.rows).toHaveLength(2);
  });

  it('says why, sharing what the devices of a CA have in common', async () => {
    const { looks, calls } = await lookAtStuck(environment(), all(), later);
    expect(
      looks.map((look) => [look.commonName, look.caId, look.kind === 'looked' && look.cause?.code]),
    ).toEqual([
      ['Stuck JITP-0', jitp.caId, 'template-value-missing'],
      ['Stuck JITP-1', jitp.caId, 'template-value-missing'],
      ['Stuck JITP-2', jitp.caId, 'template-value-missing'],
      ['Stuck JITR-0', jitr.caId, 'registration-rule-missing'],
      ['Stuck JITR-1', jitr.caId, 'registration-rule-missing'],
    ]);
    // One for each device; two CAs, the role and its permissions, the rules.
    expect(calls).toBeLessThanOrEqual(all().length + 5);
  });

  it('says of what it could not read that nothing is known, and looks anew the next time', async () => {
    const [id = ''] = all();
    await fetch(`${sandbox.api}/_sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ operation: 'DescribeCertificate', fault: 'throttling', count: 3 }),
    });
    expect((await lookAtStuck(environment(), [id], later)).looks).toMatchObject([{ kind: 'unread' }]);
    expect((await lookAtStuck(environment(), [id], later)).looks).toMatchObject([{ kind: 'looked' }]);
  });

  it('tells what is no longer stuck, and lists what was deactivated where it is asked for', async () => {
    const [active = '', inactive = ''] = idsOf(jitr.devices);
    await iotFor(environment()).updateCertificate(active, 'ACTIVE');
    await sdk().send(new UpdateCertificateCommand({ certificateId: inactive, newStatus: 'INACTIVE' }));
    const { looks } = await lookAtStuck(environment(), [active, inactive, 'd'.repeat(64)], later);
    expect(looks).toMatchObject([
      { kind: 'moved-on' },
      { kind: 'looked', cause: { code: 'certificate-inactive' } },
      { kind: 'moved-on' },
    ]);
    const pending = await scanStuck(environment(), { ...PENDING, caId: jitr.caId }, later());
    expect(pending.ok && pending.value.rows).toEqual([]);
    const both = await scanStuck(environment(), { ...PENDING, withInactive: true, caId: jitr.caId }, later());
    expect(both.ok && both.value.rows.map(({ certificateId }) => certificateId)).toEqual([inactive]);
  });
});
