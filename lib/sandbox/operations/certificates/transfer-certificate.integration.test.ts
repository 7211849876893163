import { afterAll, beforeAll, expect } from 'vitest';
import { contact } from '@/lib/sandbox/jitp/testing/first-contact';
import { FLEET_POLICY } from '@/lib/sandbox/jitp/testing/template-text';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto, type BotoOutput } from '@/lib/sandbox/testing/boto';
import { CertificateMaker } from '@/lib/sandbox/testing/certificate-maker';

const OTHER = '210987654321';
const SELF = '123456789012';
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

let count = 0;
/** A certificate that is registered, in that status, without a CA. */
async function registered(status = 'INACTIVE'): Promise<string> {
  count += 1;
  const { pem, id } = await maker.ca({ subject: `/CN=transferred ${count}` });
  await boto.ok('iot.register_certificate_without_ca', { certificatePem: pem, status });
  return id;
}
const transferred = (certificateId: string, more: object = {}) => ({
  certificateId,
  targetAwsAccount: OTHER,
  ...more,
});
const transfer = (certificateId: string, more: object = {}) =>
  boto.ok('iot.transfer_certificate', transferred(certificateId, more));
const refused = (certificateId: string) =>
  boto.refusal('iot.transfer_certificate', transferred(certificateId));
const descriptionOf = async (certificateId: string): Promise<BotoOutput> =>
  (await boto.ok('iot.describe_certificate', { certificateId }))['certificateDescription'];
const arnOf = (id: string) => `arn:aws:iot:us-east-2:${SELF}:cert/${id}`;

behaviour(
  'A transfer leaves the certificate PENDING_TRANSFER and among the outgoing ones until it is cancelled, then INACTIVE',
  { known: 'documented', source: 'guide, "Transfer a certificate to another account"' },
  async () => {
    const id = await registered();
    const { transferredCertificateArn } = await transfer(id, { transferMessage: 'yours' });
    expect(transferredCertificateArn).toBe(`arn:aws:iot:us-east-2:${OTHER}:cert/${id}`);
    const described = await descriptionOf(id);
    expect(described).toMatchObject({
      status: 'PENDING_TRANSFER',
      transferData: { transferMessage: 'yours' },
    });
    const list = () => boto.ok('iot.list_outgoing_certificates');
    expect((await list())['outgoingCertificates']).toMatchObject([
      {
        certificateId: id,
        certificateArn: arnOf(id),
        transferredTo: OTHER,
        transferMessage: 'yours',
        transferDate: described['transferData'].transferDate,
      },
    ]);
    await boto.ok('iot.cancel_certificate_transfer', { certificateId: id });
    expect((await descriptionOf(id))['status']).toBe('INACTIVE');
    expect((await list())['outgoingCertificates']).toEqual([]);
  },
);

behaviour(
  'An ACTIVE certificate cannot be transferred: CertificateStateException 406',
  { known: 'documented', source: 'API reference, TransferCertificate' },
  async () => {
    const state = { name: 'CertificateStateException', status: 406 };
    expect(await refused(await registered('ACTIVE'))).toMatchObject(state);
    const pending = await registered();
    await transfer(pending);
    expect(await refused(pending)).toMatchObject(state);
    expect(await refused('0'.repeat(64))).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
  },
);

behaviour(
  'A certificate with policies cannot be transferred: TransferConflictException 409',
  { known: 'documented', source: 'API reference, TransferCertificate' },
  async () => {
    const id = await registered();
    await boto.ok('iot.create_policy', { policyName: 'Held', policyDocument: FLEET_POLICY });
    await boto.ok('iot.attach_policy', { policyName: 'Held', target: arnOf(id) });
    expect(await refused(id)).toMatchObject({ name: 'TransferConflictException', status: 409 });
    await boto.ok('iot.detach_policy', { policyName: 'Held', target: arnOf(id) });
    await transfer(id);
  },
);

behaviour(
  'A certificate of a thing cannot be transferred',
  { known: 'documented', source: 'guide, "Transfer a certificate to another account"' },
  async () => {
    const id = await registered();
    await boto.ok('iot.create_thing', { thingName: 'holder' });
    await boto.ok('iot.attach_thing_principal', { thingName: 'holder', principal: arnOf(id) });
    expect(await refused(id)).toMatchObject({ name: 'TransferConflictException', status: 409 });
  },
);

behaviour(
  'The account that is given a certificate accepts it, INACTIVE unless setAsActive, or rejects it with a reason',
  { known: 'documented', source: 'API reference, AcceptCertificateTransfer and RejectCertificateTransfer' },
  async () => {
    const [accepted, activated, rejected] = [await registered(), await registered(), await registered()];
    for (const id of [accepted, activated, rejected]) await transfer(id, { targetAwsAccount: SELF });
    await boto.ok('iot.accept_certificate_transfer', { certificateId: accepted });
    await boto.ok('iot.accept_certificate_transfer', { certificateId: activated, setAsActive: true });
    await boto.ok('iot.reject_certificate_transfer', { certificateId: rejected, rejectReason: 'not ours' });
    const description = await descriptionOf(accepted);
    expect(description).toMatchObject({ status: 'INACTIVE', previousOwnedBy: SELF, ownedBy: SELF });
    expect(description['transferData'].acceptDate).toBeDefined();
    expect((await descriptionOf(activated))['status']).toBe('ACTIVE');
    expect(await descriptionOf(rejected)).toMatchObject({
      status: 'INACTIVE',
      transferData: { rejectReason: 'not ours', rejectDate: expect.any(String) },
    });
  },
);

behaviour(
  'A transfer that is over cannot be cancelled, accepted or rejected: TransferAlreadyCompletedException 410',
  { known: 'documented', source: 'API reference, CancelCertificateTransfer' },
  async () => {
    const certificateId = await registered();
    await transfer(certificateId, { targetAwsAccount: SELF });
    await boto.ok('iot.accept_certificate_transfer', { certificateId });
    for (const verb of ['cancel', 'accept', 'reject']) {
      expect(await boto.refusal(`iot.${verb}_certificate_transfer`, { certificateId })).toMatchObject({
        name: 'TransferAlreadyCompletedException',
        status: 410,
      });
    }
  },
);

behaviour(
  'What is offered to another account is not this account’s to accept or reject',
  {
    known: 'documented',
    source: 'API reference, RejectCertificateTransfer: only by the transfer destination',
  },
  async () => {
    const certificateId = await registered();
    await transfer(certificateId);
    for (const verb of ['accept', 'reject']) {
      const { status } = await boto.refusal(`iot.${verb}_certificate_transfer`, { certificateId });
      expect(status).toBe(404);
    }
    expect((await descriptionOf(certificateId))['status']).toBe('PENDING_TRANSFER');
  },
);

behaviour(
  'A certificate that is being transferred can be neither activated nor deleted',
  { known: 'assumed', source: '' },
  async () => {
    const certificateId = await registered();
    await transfer(certificateId);
    const state = { name: 'CertificateStateException', status: 406 };
    expect(
      await boto.refusal('iot.update_certificate', { certificateId, newStatus: 'ACTIVE' }),
    ).toMatchObject(state);
    expect(await boto.refusal('iot.delete_certificate', { certificateId })).toMatchObject(state);
  },
);

behaviour(
  'A device whose certificate is being transferred cannot connect',
  { known: 'documented', source: 'guide: only an ACTIVE certificate can connect' },
  async () => {
    const made = await maker.ca({ subject: '/CN=moving' });
    await boto.ok('iot.register_certificate_without_ca', { certificatePem: made.pem, status: 'INACTIVE' });
    await transfer(made.id);
    expect(await contact(sandbox, made)).toBe('');
    expect(sandbox.state.explanations.after(0).at(-1)).toMatchObject({
      code: 'certificate-not-active',
      certificateId: made.id,
      params: { status: 'PENDING_TRANSFER' },
    });
  },
);
