import 'server-only';
import { outcomeOf } from '@/lib/actions/act-outcome';
import { recordStatuses } from '@/lib/actions/record-statuses';
import type { ActionAudit, EachOutcome } from '@/lib/actions/run-action';
import { can, type Operator } from '@/lib/auth/permissions';
import { approveCertificate } from '@/lib/aws/acts/approve-certificate';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import { setUpPolicyDocument } from '@/lib/devices/jitr-set-up';
import type { StepReport } from '@/lib/registry/act';
import type { Approval } from '@/lib/registry/approval';
import { fail } from '@/lib/result';

type Context = { operator: Operator; environment: Environment; audit: ActionAudit; now: Date };

/** Lets one certificate in. An approval that may make a policy is for those who may. */
export async function approveOne(
  approval: Approval,
  certificateId: string,
  { operator, environment, audit, now }: Context,
): Promise<EachOutcome<StepReport[]>> {
  const mayCreate = can(operator, 'policy:create', { environment: environment.id });
  if (approval.policy.kind === 'scoped' && !mayCreate) {
    return { detail: [], result: fail({ kind: 'forbidden', permission: 'policy:create' }) };
  }
  const setUp = { document: await setUpPolicyDocument(environment.id, approval), mayCreate };
  const report = await approveCertificate(iotFor(environment), environment, approval, certificateId, setUp);
  await recordStatuses(environment.id, report.steps, now);
  return outcomeOf(report, audit);
}
