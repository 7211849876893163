import 'server-only';
import { outcomeOf } from '@/lib/actions/act-outcome';
import { recordStatuses } from '@/lib/actions/record-statuses';
import type { ActionAudit, EachOutcome } from '@/lib/actions/run-action';
import { actOnCertificate } from '@/lib/aws/acts/act-on-certificate';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import type { CertificateAct, StepReport } from '@/lib/registry/act';

type Context = { environment: Environment; audit: ActionAudit; now: Date };

/** Acts, and lets the ledger and the audit log know. */
export async function changeCertificate(
  act: CertificateAct,
  certificateId: string,
  { environment, audit, now }: Context,
): Promise<EachOutcome<StepReport[]>> {
  const report = await actOnCertificate(iotFor(environment), act, certificateId);
  await recordStatuses(environment.id, report.steps, now);
  return outcomeOf(report, audit);
}
