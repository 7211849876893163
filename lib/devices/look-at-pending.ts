/**
 * What can be known of a few certificates that wait: AWS's words, their CAs', and the ledger's.
 * @module
 */
import 'server-only';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import { findMany } from '@/lib/ledger/find-many';
import type { LedgerRow } from '@/lib/ledger/ledger-row';
import { recordSeen } from '@/lib/ledger/record';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import { approvalOfSetUp } from '@/lib/registry/approval-of-set-up';
import { roadOf } from '@/lib/registry/ca-road';
import type { CertificateDetail } from '@/lib/registry/device-certificate';
import { PENDING_LOOK_MAX, type PendingCa, type PendingLook } from '@/lib/registry/pending';
import { readJitrSetUp } from './jitr-set-up';

/** @returns one look per certificate, and how many calls to AWS they took together */
export async function lookAtPending(
  environment: Environment,
  certificateIds: readonly string[],
  now = new Date(),
): Promise<{ looks: PendingLook[]; calls: number }> {
  const ids = certificateIds.slice(0, PENDING_LOOK_MAX);
  const cas = new Map<string, Promise<PendingCa | undefined>>();
  const caOf = (caId: string): Promise<PendingCa | undefined> => {
    const asked = cas.get(caId) ?? readCa(environment, caId);
    cas.set(caId, asked);
    return asked;
  };
  const rows = await findMany(environment.id, ids, now);
  const looks = await Promise.all(ids.map((id) => lookAtOne(environment, id, rows.get(id), caOf, now)));
  return { looks, calls: ids.length + cas.size };
}

async function lookAtOne(
  environment: Environment,
  certificateId: string,
  row: LedgerRow | undefined,
  caOf: (caId: string) => Promise<PendingCa | undefined>,
  now: Date,
): Promise<PendingLook> {
  const described = await iotFor(environment).describeCertificate(certificateId);
  if (!described.ok) {
    return { certificateId, kind: described.failure.kind === 'not-found' ? 'moved-on' : 'unread' };
  }
  const { status, caId } = described.value;
  if (row !== undefined) await recordSeen(environment.id, certificateId, status, now);
  if (status !== 'PENDING_ACTIVATION') return { certificateId, kind: 'moved-on' };
  return {
    certificateId,
    kind: 'waiting',
    subject: await subjectOf(described.value, now),
    ca: caId === undefined ? undefined : await caOf(caId),
    ledger: row && {
      reservedAt: row.reservedAt.toISOString(),
      operatorName: row.operatorName,
      batch: row.batch,
    },
  };
}

async function subjectOf({ certificatePem }: CertificateDetail, now: Date) {
  const inspected = await inspectCertificate(certificatePem, crypto);
  if (!inspected.ok) return undefined;
  const { subject, notAfter } = inspected.value;
  const isExpired = Date.parse(notAfter) < now.getTime();
  return { text: subject.text, commonName: subject.fields.commonName, notAfter, isExpired };
}

async function readCa(environment: Environment, caId: string): Promise<PendingCa | undefined> {
  const [described, setUp] = await Promise.all([
    iotFor(environment).describeCaCertificate(caId),
    readJitrSetUp(environment.id, caId),
  ]);
  if (!described.ok) return undefined;
  const inspected = await inspectCertificate(described.value.certificatePem, crypto);
  const subject = inspected.ok ? inspected.value.subject : undefined;
  return {
    caId,
    name: subject?.fields.commonName ?? subject?.text ?? caId.slice(0, 8),
    road: roadOf(described.value),
    approval: setUp && approvalOfSetUp(setUp.settings),
  };
}
