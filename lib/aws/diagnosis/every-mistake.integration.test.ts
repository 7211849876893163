/** Every mistake that people report, brought about by boto3, OpenSSL, mosquitto and mqtt.js, and what the console says of it. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { SANDBOX_CREDENTIALS } from '@/lib/aws/testing/sandbox-environment';
import { CALLS_PER_DIAGNOSIS_MAX } from '@/lib/diagnosis/facts-needed';
import { FINDING_CODES } from '@/lib/diagnosis/finding';
import { RULES } from '@/lib/diagnosis/findings/catalogue';
import { ref } from '@/lib/sandbox/jitp/testing/template-text';
import { makeProvisioningRole } from '@/lib/sandbox/testing/provisioning-role';
import type { DiagnosedRow } from './testing/diagnosed-row';
import { type Brought, DiagnosisBench, type FleetDevice, thingTemplate } from './testing/diagnosis-bench';
import { ACCESS_ROWS } from './testing/rows/access-rows';
import { CERTIFICATE_ROWS } from './testing/rows/certificate-rows';
import { CONNECTION_ROWS } from './testing/rows/connection-rows';
import { CONTACT_ROWS } from './testing/rows/contact-rows';
import { GIVEN_ROWS } from './testing/rows/given-rows';
import { ISSUER_ROWS } from './testing/rows/issuer-rows';
import { PROVISIONING_ROWS } from './testing/rows/provisioning-rows';
import { REFUSED_ROWS } from './testing/rows/refused-rows';
import { REGISTRATION_ROWS } from './testing/rows/registration-rows';
import { TEMPLATE_ROWS } from './testing/rows/template-rows';

const ROWS: readonly DiagnosedRow[] = [
  ...CONTACT_ROWS,
  ...GIVEN_ROWS,
  ...ISSUER_ROWS,
  ...CERTIFICATE_ROWS,
  ...TEMPLATE_ROWS,
  ...PROVISIONING_ROWS,
  ...REGISTRATION_ROWS,
  ...ACCESS_ROWS,
  ...CONNECTION_ROWS,
];

let bench: DiagnosisBench;
beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  bench = await DiagnosisBench.open();
});
afterEach(() => bench.rest());
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

describe('every mistake', () => {
  it('of the thirty, and every cause, is brought about or refused by AWS', () => {
    const all = [...ROWS, ...REFUSED_ROWS];
    const mistakes = new Set(all.flatMap(({ mistake }) => mistake ?? []));
    expect([...mistakes].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    const codes = new Set([...all.map(({ code }) => code), ...ROWS.flatMap(({ also = [] }) => also)]);
    expect(FINDING_CODES.filter((code) => !codes.has(code))).toEqual([]);
  });

  it('goes by the number that its rule names', () => {
    const mistakeOf = new Map(RULES.map(({ code, mistake }) => [code, mistake]));
    for (const { code, mistake, also = [] } of ROWS) {
      expect([code, ...also].map((each) => mistakeOf.get(each))).toContain(mistake);
    }
    for (const { code, mistake } of REFUSED_ROWS)
      expect([code, mistakeOf.get(code)]).toEqual([code, mistake]);
  });

  it.each(REFUSED_ROWS)('$mistake $code cannot come about: $why', async ({ refused }) => {
    const { status } = await refused(bench);
    expect([400, 403, 404, 409]).toContain(status);
  });
});

describe('a device is told about first', () => {
  it.each(ROWS)('$mistake $code: $state', async ({ code, also = [], hangsAt, bring }) => {
    const { device, brought } = await bring(bench);
    const { diagnosis, calls } = await bench.diagnose(device, brought);
    const [first, ...others] = diagnosis.findings;
    expect(first?.code).toBe(code);
    expect(diagnosis.ladder.hangsAt ?? 'nothing').toBe(hangsAt ?? first?.rung);
    expect(others.map((finding) => finding.code)).toEqual(expect.arrayContaining([...also]));
    expect(calls).toBeLessThanOrEqual(CALLS_PER_DIAGNOSIS_MAX);
  });
});

describe('a device without fault', () => {
  it('is told nothing, on line and hanging nowhere', async () => {
    const device = await bench.activated();
    await bench.online(device, device.name);
    const { diagnosis, calls } = await bench.diagnose(device.leaf);
    expect(diagnosis).toMatchObject({ findings: [], unseen: [], ladder: { phase: 'active' } });
    expect(diagnosis.ladder.hangsAt).toBeUndefined();
    expect(diagnosis.ladder.rungs.every(({ state }) => state === 'done')).toBe(true);
    expect(calls).toBeLessThanOrEqual(CALLS_PER_DIAGNOSIS_MAX);
  });
});

describe('several causes at once', () => {
  /** Codes in their order, with whether each is only next. */
  async function told(device: FleetDevice, brought?: Brought) {
    const { diagnosis, calls } = await bench.diagnose(device.leaf, brought);
    expect(calls).toBeLessThanOrEqual(CALLS_PER_DIAGNOSIS_MAX);
    return diagnosis.findings.map(({ code, isAhead }) => (isAhead ? `then ${code}` : code));
  }

  it('of the CA come before those of the template, which come before those of the role', async () => {
    const roleArn = await makeProvisioningRole(bench.boto, 'Many', { service: 'lambda.amazonaws.com' });
    const templateBody = thingTemplate({ AttributePayload: { country: ref('Country') } });
    const device = await bench.fleet({ registration: bench.inline(templateBody, roleArn) });
    const off = { certificateId: device.ca.id, newStatus: 'INACTIVE', newAutoRegistrationStatus: 'DISABLE' };
    await bench.boto.ok('iot.update_ca_certificate', off);
    await bench.connect(device.chain, device.name);
    expect(await told(device)).toEqual([
      'ca-inactive',
      'auto-registration-off',
      'then template-value-missing',
      'then role-not-trusting',
    ]);
  });

  it('in one template are all named', async () => {
    const registration = bench.inline(
      thingTemplate({ ThingTypeName: 'nowhere', BillingGroup: 'nowhere' }).replace('"Fleet"', '"nowhere"'),
    );
    const device = await bench.fleet({ registration });
    await bench.firstConnect(device);
    expect(await told(device)).toEqual(['names-missing', 'names-missing', 'names-missing']);
  });

  it('of the certificate come before those of its policies', async () => {
    const device = await bench.activated();
    await bench.repolicy(device);
    const off = { certificateId: device.leaf.id, newStatus: 'INACTIVE' };
    await bench.boto.ok('iot.update_certificate', off);
    expect(await told(device)).toEqual(['certificate-inactive']);
  });

  it('of an active device go up the ladder: its thing, then its policy', async () => {
    const device = await bench.activated();
    await bench.repolicy(device);
    const principal = bench.arn(device);
    await bench.boto.ok('iot.detach_thing_principal', { thingName: device.name, principal });
    expect(await told(device)).toEqual(['thing-not-attached', 'then policy-not-attached']);
  });
});
