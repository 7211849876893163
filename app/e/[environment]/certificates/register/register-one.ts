import 'server-only';
import { outcomeOf } from '@/lib/actions/act-outcome';
import { recordStatuses } from '@/lib/actions/record-statuses';
import type { ActionAudit, EachOutcome } from '@/lib/actions/run-action';
import { can, type Operator } from '@/lib/auth/permissions';
import { type BroughtCertificate, registerCertificate } from '@/lib/aws/acts/register-certificate';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { writeImport } from '@/lib/ledger/import';
import { readLedgerCertificate } from '@/lib/ledger/ledger-certificate';
import { recordSeen } from '@/lib/ledger/record';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import { parsePem } from '@/lib/pki/pem';
import type { AnyStepReport } from '@/lib/registry/act';
import type { Approval } from '@/lib/registry/approval';
import { fail } from '@/lib/result';

type Context = { operator: Operator; environment: Environment; audit: ActionAudit; now: Date };

/** One of those that were sent; `caPem` may be left out. */
type Sent = Omit<BroughtCertificate, 'caPem'> & { caPem?: string | undefined };

const INVALID: Failure = { kind: 'invalid-input', fields: { certificates: [{ code: 'invalid' }] } };

/** Registers one certificate, and puts it into the ledger as brought in. */
export async function registerOne(
  sent: Sent | undefined,
  approval: Approval | undefined,
  { operator, environment, audit, now }: Context,
): Promise<EachOutcome<AnyStepReport[]>> {
  const der = sent && derOf(sent.certificatePem);
  const row = der && readLedgerCertificate(der, { keyOrigin: 'device', signedBy: undefined });
  if (sent === undefined || row?.certificateId !== sent.certificateId) {
    return { detail: [], result: fail(INVALID) };
  }
  const missing = missingPermission(operator, environment.id, sent, approval);
  if (missing !== undefined) return { detail: [], result: fail({ kind: 'forbidden', permission: missing }) };

  const { certificateId, certificatePem, caPem } = sent;
  const brought = { certificateId, certificatePem, caPem };
  const report = await registerCertificate(iotFor(environment), environment, brought, approval);
  if (report.steps[0]?.state !== 'failed') {
    const place = { environment: environment.id, caId: await caIdOf(caPem), operator };
    await writeImport(place, [{ ...row, origin: 'pem' }]);
    if (report.steps[0]?.state === 'done') await recordSeen(environment.id, certificateId, 'INACTIVE', now);
    await recordStatuses(environment.id, report.steps, new Date(now.getTime() + 1));
  }
  return outcomeOf(report, audit);
}

function missingPermission(
  operator: Operator,
  environment: string,
  { caPem }: Sent,
  approval: Approval | undefined,
) {
  const needed = [
    ...(caPem === undefined ? (['certificate:register-without-ca'] as const) : []),
    ...(approval === undefined ? [] : (['certificate:approve'] as const)),
    ...(approval?.policy.kind === 'scoped' ? (['policy:create'] as const) : []),
  ];
  return needed.find((permission) => !can(operator, permission, { environment }));
}

/** @returns undefined for what is not the PEM of one certificate */
function derOf(pem: string): Buffer | undefined {
  const blocks = parsePem(pem);
  const [block, ...others] = blocks.ok ? blocks.value : [];
  return block === undefined || others.length > 0 ? undefined : Buffer.from(block.der);
}

/** The ledger's word for no CA is an empty id. */
async function caIdOf(caPem: string | undefined): Promise<string> {
  if (caPem === undefined) return '';
  const inspected = await inspectCertificate(caPem, crypto);
  return inspected.ok ? inspected.value.certificateId : '';
}
