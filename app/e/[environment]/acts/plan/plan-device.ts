import 'server-only';
import type { PlannedDevice } from '@/components/acts/act-plan-answer';
import { readState } from '@/lib/aws/acts/act-on-certificate';
import { readApproval } from '@/lib/aws/acts/approve-certificate';
import { readPrincipalArns } from '@/lib/aws/acts/delete-thing';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import { setUpPolicyDocument } from '@/lib/devices/jitr-set-up';
import type { Failure } from '@/lib/failure';
import { CERTIFICATE_ACTS, planCertificateAct, planThingDeletion } from '@/lib/registry/act';
import type { Approval } from '@/lib/registry/approval';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { isThingName } from '@/lib/registry/thing';

/** @returns undefined when the act or the id cannot be meant */
export async function planDevice(
  environment: Environment,
  act: string,
  id: string,
  approval: Approval | undefined,
): Promise<PlannedDevice | undefined> {
  const iot = iotFor(environment);
  if (act === 'delete-thing') {
    if (!isThingName(id)) return undefined;
    const thing = await iot.describeThing(id);
    if (!thing.ok) return { id, plan: unplanned(thing.failure) };
    const principals = await readPrincipalArns(iot, id);
    if (!principals.ok) return { id, plan: { kind: 'unread' } };
    return { id, plan: { kind: 'steps', steps: planThingDeletion(id, principals.value) } };
  }
  if (act === 'approve') {
    if (approval === undefined || !isCertificateId(id)) return undefined;
    const document = await setUpPolicyDocument(environment.id, approval);
    const read = await readApproval(iot, environment, approval, id, document);
    return { id, plan: read.ok ? read.value.plan : unplanned(read.failure) };
  }
  const certificateAct = CERTIFICATE_ACTS.find((known) => known === act);
  if (certificateAct === undefined || !isCertificateId(id)) return undefined;
  const state = await readState(iot, id);
  if (!state.ok) return { id, plan: unplanned(state.failure) };
  const plan = planCertificateAct(certificateAct, state.value);
  return { id, plan };
}

const unplanned = (failure: Failure) => ({ kind: failure.kind === 'not-found' ? 'gone' : 'unread' }) as const;
