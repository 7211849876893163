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
import { type CertificateFacts, inspectCertificate } from '@/lib/pki/inspect-certificate';
import { jitrCertificateOf } from '@/lib/provisioning/jitr/certificate-of';
import { decideRegistration, type JitrReason } from '@/lib/provisioning/jitr/decide';
import { approvalOfSetUp } from '@/lib/registry/approval-of-set-up';
import { roadOf } from '@/lib/registry/ca-road';
import { PENDING_LOOK_MAX, type PendingCa, type PendingLook } from '@/lib/registry/pending';
import { allowedIdsFor, type JitrSetUp, readJitrSetUp } from './jitr-set-up';

type Known = {
  ca: PendingCa;
  /** Its set-up, with the ids that its list would have now. Undefined: it has none, or a template goes before it. */
  decider: { setUp: JitrSetUp; allowedIds: ReadonlySet<string> } | undefined;
};

/** @returns one look per certificate, and how many calls to AWS they took together */
export async function lookAtPending(
  environment: Environment,
  certificateIds: readonly string[],
  now = new Date(),
): Promise<{ looks: PendingLook[]; calls: number }> {
  const ids = certificateIds.slice(0, PENDING_LOOK_MAX);
  const cas = new Map<string, Promise<Known | undefined>>();
  const caOf = (caId: string): Promise<Known | undefined> => {
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
  caOf: (caId: string) => Promise<Known | undefined>,
  now: Date,
): Promise<PendingLook> {
  const described = await iotFor(environment).describeCertificate(certificateId);
  if (!described.ok) {
    return { certificateId, kind: described.failure.kind === 'not-found' ? 'moved-on' : 'unread' };
  }
  const { status, caId, certificatePem } = described.value;
  if (row !== undefined) await recordSeen(environment.id, certificateId, status, now);
  if (status !== 'PENDING_ACTIVATION') return { certificateId, kind: 'moved-on' };
  const inspected = await inspectCertificate(certificatePem, crypto);
  const facts = inspected.ok ? inspected.value : undefined;
  const known = caId === undefined ? undefined : await caOf(caId);
  return {
    certificateId,
    kind: 'waiting',
    subject: facts && subjectOf(facts, now),
    ca: known?.ca,
    objections: facts === undefined ? [] : objectionsOf(known?.decider, facts, row, now),
    ledger: row && {
      origin: originOf(row),
      reservedAt: row.reservedAt.toISOString(),
      operatorName: row.operatorName,
      batch: row.batch,
    },
  };
}

function originOf({ origin = 'issued' }: LedgerRow): 'issued' | 'imported' | 'swept' {
  if (origin === 'sweep') return 'swept';
  return origin === 'issued' ? 'issued' : 'imported';
}

/** What the function behind the CA's rule finds against the certificate, as far as the set-up that is kept tells. */
function objectionsOf(
  decider: Known['decider'],
  facts: CertificateFacts,
  row: LedgerRow | undefined,
  now: Date,
): readonly JitrReason[] {
  if (decider === undefined) return [];
  const { settings, deployedAt } = decider.setUp;
  // What was issued later is on the ledger's list now, and not yet on the function's.
  const isLater =
    settings.allowList.kind === 'ledger' &&
    deployedAt !== undefined &&
    row !== undefined &&
    row.reservedAt > deployedAt;
  const decision = decideRegistration(settings, jitrCertificateOf(facts, 'PENDING_ACTIVATION'), {
    nowMs: now.getTime(),
    isAllowed: (certificateId) => decider.allowedIds.has(certificateId) && !isLater,
  });
  return decision.kind === 'reject' ? decision.reasons : [];
}

function subjectOf({ subject, notAfter }: CertificateFacts, now: Date) {
  const isExpired = Date.parse(notAfter) < now.getTime();
  return { text: subject.text, commonName: subject.fields.commonName, notAfter, isExpired };
}

async function readCa(environment: Environment, caId: string): Promise<Known | undefined> {
  const [described, setUp] = await Promise.all([
    iotFor(environment).describeCaCertificate(caId),
    readJitrSetUp(environment.id, caId),
  ]);
  if (!described.ok) return undefined;
  const inspected = await inspectCertificate(described.value.certificatePem, crypto);
  const subject = inspected.ok ? inspected.value.subject : undefined;
  const road = roadOf(described.value);
  return {
    ca: {
      caId,
      name: subject?.fields.commonName ?? subject?.text ?? caId.slice(0, 8),
      road,
      approval: setUp && approvalOfSetUp(caId, setUp.settings),
    },
    decider:
      setUp === undefined || road === 'jitp'
        ? undefined
        : { setUp, allowedIds: new Set(await allowedIdsOf(environment.id, caId, setUp)) },
  };
}

async function allowedIdsOf(
  environment: string,
  caId: string,
  { settings }: JitrSetUp,
): Promise<readonly string[]> {
  const { allowList } = settings;
  if (allowList.kind === 'inline') return allowList.certificateIds;
  return (await allowedIdsFor(environment, caId, settings)).ids;
}
