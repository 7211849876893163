import { afterAll, beforeAll, expect, it } from 'vitest';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import { DeviceWorkshop, type MadeCa } from '@/lib/sandbox/mqtt/testing/device-workshop';
import { expectOk } from '@/lib/testing/expect-ok';
import { jitrCertificateOf } from './certificate-of';
import { handlerSource } from './handler-source';
import { defaultJitrSettings } from './settings';
import { loadHandler } from './testing/deployed-handler';

let workshop: DeviceWorkshop;
let ca: MadeCa;
beforeAll(async () => {
  workshop = await DeviceWorkshop.open();
  ca = await workshop.makeCa({ key: 'EC' });
});
afterAll(async () => await workshop[Symbol.asyncDispose]());

it.each([
  { subject: '/C=IN/ST=Karnataka/O=ACME Pumps/OU=Line 1/CN=pump-1' },
  { subject: '/CN=first/CN=second' },
  { subject: '/O=Nameless' },
  { subject: '/dnQualifier=q1/serialNumber=SN-9/CN=comma\\, and "quotes"' },
])('the function reads of $subject what the console reads', async ({ subject }) => {
  const { pem, id } = await workshop.makeDevice(ca, { subject, key: 'EC' });
  const here = jitrCertificateOf(expectOk(await inspectCertificate(pem, crypto)), 'PENDING_ACTIVATION');
  const settings = defaultJitrSettings('ab'.repeat(32), { kind: 'none' });
  const { factsOf } = loadHandler(handlerSource(settings, { caId: undefined, allowedIds: undefined }));
  const there = factsOf(pem, id, 'PENDING_ACTIVATION');
  expect(there).toEqual({
    status: here.status,
    serialHex: here.serialHex,
    notBeforeMs: here.notBeforeMs,
    notAfterMs: here.notAfterMs,
    values: {
      Id: here.certificateId,
      SerialNumber: here.serialNumberDecimal,
      CommonName: here.subject.commonName,
      Country: here.subject.country,
      Organization: here.subject.organization,
      OrganizationalUnit: here.subject.organizationalUnit,
      StateName: here.subject.stateName,
      DistinguishedNameQualifier: here.subject.dnQualifier,
    },
  });
});
