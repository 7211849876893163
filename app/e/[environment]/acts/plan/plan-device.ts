import 'server-only';
import type { PlannedDevice } from '@/components/acts/act-plan-answer';
import { readState } from '@/lib/aws/acts/act-on-certificate';
import { readPrincipalArns } from '@/lib/aws/acts/delete-thing';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import { CERTIFICATE_ACTS, planCertificateAct, planThingDeletion } from '@/lib/registry/act';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { isThingName } from '@/lib/registry/thing';

/** @returns undefined when the act or the id cannot be meant */
export async function planDevice(
  environment: Environment,
  act: string,
  id: string,
): Promise<PlannedDevice | undefined> {
  const iot = iotFor(environment);
  if (act === 'delete-thing') {
    if (!isThingName(id)) return undefined;
    const thing = await iot.describeThing(id);
    if (!thing.ok) return { id, plan: { kind: thing.failure.kind === 'not-found' ? 'gone' : 'unread' } };
    const principals = await readPrincipalArns(iot, id);
    if (!principals.ok) return { id, plan: { kind: 'unread' } };
    return { id, plan: { kind: 'steps', steps: planThingDeletion(id, principals.value) } };
  }
  const certificateAct = CERTIFICATE_ACTS.find((known) => known === act);
  if (certificateAct === undefined || !isCertificateId(id)) return undefined;
  const state = await readState(iot, id);
  if (!state.ok) return { id, plan: { kind: state.failure.kind === 'not-found' ? 'gone' : 'unread' } };
  const plan = planCertificateAct(certificateAct, state.value);
  return { id, plan: plan.kind === 'refused' ? { kind: 'refused' } : plan };
}
