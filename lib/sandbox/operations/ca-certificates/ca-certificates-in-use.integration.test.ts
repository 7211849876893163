/** What hangs on a CA: its template, its role, its certificates; through boto3. */
import { afterAll, beforeAll, expect } from 'vitest';
import { contact } from '@/lib/sandbox/jitp/testing/first-contact';
import { FLEET_POLICY, templateText } from '@/lib/sandbox/jitp/testing/template-text';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker, type CertificateOrder, type Made } from '@/lib/sandbox/testing/certificate-maker';
import { makeProvisioningRole } from '@/lib/sandbox/testing/provisioning-role';

let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;
beforeAll(async () => {
  [sandbox, maker] = await Promise.all([startSandbox(), CertificateMaker.open()]);
  boto = new Boto(sandbox.api);
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

async function registered(order: CertificateOrder, more: object = {}): Promise<Made> {
  const ca = await maker.ca(order);
  const input = { caCertificate: ca.pem, certificateMode: 'SNI_ONLY', setAsActive: true, ...more };
  await boto.ok('iot.register_ca_certificate', input);
  return ca;
}
const idsOf = (certificates: { certificateId: string }[]) =>
  certificates.map(({ certificateId }) => certificateId);

behaviour(
  'ListCACertificates with templateName lists the CAs that name this template, and no others',
  { known: 'documented', source: 'API reference, ListCACertificates' },
  async () => {
    const provisioningRoleArn = await makeProvisioningRole(boto, 'Listing');
    const templateBody = templateText();
    for (const templateName of ['wanted', 'unwanted']) {
      const input = { templateName, templateBody, provisioningRoleArn, type: 'JITP', enabled: true };
      await boto.ok('iot.create_provisioning_template', input);
    }
    const ca = await registered(
      { subject: '/CN=by name' },
      { registrationConfig: { templateName: 'wanted' } },
    );
    await registered({ subject: '/CN=by another' }, { registrationConfig: { templateName: 'unwanted' } });
    await registered({ subject: '/CN=by none' });
    const { certificates } = await boto.ok('iot.list_ca_certificates', { templateName: 'wanted' });
    expect(idsOf(certificates)).toEqual([ca.id]);
  },
);

behaviour(
  'Whether the role of a template body exists is not asked when a CA is registered or updated',
  { known: 'assumed', source: '' },
  async () => {
    const registrationConfig = {
      templateBody: templateText(),
      roleArn: 'arn:aws:iam::123456789012:role/Nobody',
    };
    const { id: certificateId } = await registered({ subject: '/CN=no role' }, { registrationConfig });
    await boto.ok('iot.update_ca_certificate', { certificateId, registrationConfig });
  },
);

behaviour(
  'Certificates of a CA that is deleted stay, and their devices keep working',
  { known: 'assumed', source: '' },
  async () => {
    const ca = await registered({ subject: '/CN=forgotten' });
    const device = await maker.leaf(ca);
    const input = { certificatePem: device.pem, setAsActive: true };
    const { certificateArn: target } = await boto.ok('iot.register_certificate', input);
    await boto.ok('iot.create_policy', { policyName: 'Fleet', policyDocument: FLEET_POLICY });
    await boto.ok('iot.attach_policy', { policyName: 'Fleet', target });
    await boto.ok('iot.update_ca_certificate', { certificateId: ca.id, newStatus: 'INACTIVE' });
    await boto.ok('iot.delete_ca_certificate', { certificateId: ca.id });
    expect(await contact(sandbox, device)).toBe('20020000');
  },
);

behaviour('A CA that is signed with RSASSA-PSS is accepted', { known: 'assumed', source: '' }, async () => {
  await registered({ subject: '/CN=pss', key: ['rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048'] });
});

behaviour(
  'A CA need not be a root: an intermediate one is registered without the CA above it',
  { known: 'documented', source: 'guide, "Register your CA certificate"' },
  async () => {
    const root = await maker.ca({ subject: '/CN=root' });
    const { pem } = await maker.leaf(root, { subject: '/CN=line', extensions: 'basicConstraints=CA:TRUE' });
    await boto.ok('iot.register_ca_certificate', { caCertificate: pem, certificateMode: 'SNI_ONLY' });
  },
);

behaviour(
  'ListCertificatesByCA lists the certificates of this CA only, page by page, with status and mode',
  { known: 'documented', source: 'API reference, ListCertificatesByCA' },
  async () => {
    const [ca, other] = [
      await registered({ subject: '/CN=mine' }),
      await registered({ subject: '/CN=other' }),
    ];
    const made: Made[] = [];
    for (const issuer of [ca, other, ca]) {
      const device = await maker.leaf(issuer);
      await boto.ok('iot.register_certificate', { certificatePem: device.pem });
      if (issuer === ca) made.push(device);
    }
    const list = (more: object = {}) =>
      boto.ok('iot.list_certificates_by_ca', { caCertificateId: ca.id, pageSize: 1, ...more });
    const first = await list();
    const second = await list({ marker: first['nextMarker'] });
    expect([...idsOf(first['certificates']), ...idsOf(second['certificates'])]).toEqual(
      made.map(({ id }) => id).reverse(),
    );
    expect(second['nextMarker']).toBeUndefined();
    expect(first['certificates'][0]).toMatchObject({ status: 'INACTIVE', certificateMode: 'SNI_ONLY' });
  },
);
