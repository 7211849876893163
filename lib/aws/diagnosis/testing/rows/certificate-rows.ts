/**
 * Certificates that somebody has switched off or taken away; the device is told nothing.
 * @module
 */
import type { DiagnosedRow } from '@/lib/aws/diagnosis/testing/diagnosed-row';
import type { DiagnosisBench } from '@/lib/aws/diagnosis/testing/diagnosis-bench';
import type { LedgerFacts } from '@/lib/diagnosis/facts';

async function withStatus(bench: DiagnosisBench, newStatus: string) {
  const device = await bench.activated();
  await bench.boto.ok('iot.update_certificate', { certificateId: device.leaf.id, newStatus });
  await bench.connect(device.leaf, device.name);
  return device;
}

/** Inactive, and with nothing attached any more. */
async function released(bench: DiagnosisBench) {
  const device = await withStatus(bench, 'INACTIVE');
  const principal = bench.arn(device);
  await bench.boto.ok('iot.detach_thing_principal', { thingName: device.name, principal });
  await bench.boto.ok('iot.detach_policy', { policyName: 'Fleet', target: principal });
  return device;
}

export const CERTIFICATE_ROWS: readonly DiagnosedRow[] = [
  {
    mistake: 30,
    code: 'certificate-inactive',
    state: 'UpdateCertificate set it INACTIVE',
    bring: async (bench) => ({ device: (await withStatus(bench, 'INACTIVE')).leaf }),
  },
  {
    mistake: 30,
    code: 'certificate-revoked',
    state: 'UpdateCertificate set it REVOKED',
    bring: async (bench) => ({ device: (await withStatus(bench, 'REVOKED')).leaf }),
  },
  {
    mistake: 30,
    code: 'certificate-deleted',
    state: 'it was detached and deleted; the ledger has seen it active',
    async bring(bench) {
      const device = await released(bench);
      await bench.boto.ok('iot.delete_certificate', { certificateId: device.leaf.id });
      const seenAt = bench.now();
      const ledger: LedgerFacts = {
        ...{ issuedAt: seenAt, deliveredAt: seenAt, caId: device.ca.id, batch: undefined },
        ...{ batchPendingCount: 0, lastSeenState: 'ACTIVE', lastSeenAt: seenAt },
      };
      return { device: device.leaf, brought: { ledger } };
    },
  },
  {
    mistake: 30,
    code: 'certificate-in-transfer',
    state: 'TransferCertificate is on its way to another account',
    async bring(bench) {
      const device = await released(bench);
      await bench.boto.ok('iot.transfer_certificate', {
        certificateId: device.leaf.id,
        targetAwsAccount: '210987654321',
      });
      return { device: device.leaf };
    },
  },
];
