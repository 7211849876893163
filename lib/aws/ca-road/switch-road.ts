/**
 * Brings a CA to another road: JITP, JITR, or closed.
 * @module
 */
import 'server-only';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { ChangeAudit } from '@/lib/aws/templates/change-audit';
import type { Failure } from '@/lib/failure';
import { afterStep, type CaRoad, type CaSwitches, isSameSwitches, planRoad } from '@/lib/registry/ca-road';
import type { RegistrationConfig } from '@/lib/registry/certificate-authority';
import type { Receipt } from '@/lib/registry/receipt';
import { fail, ok, type Result } from '@/lib/result';

/** `from`: what the person has seen of the CA. */
export type RoadSwitch = {
  caId: string;
  from: CaSwitches;
  to: CaRoad;
  template: RegistrationConfig | undefined;
};

/**
 * Makes the calls of {@link planRoad}. AWS has no conditional update, so the CA is read right before each call: refused as soon as it
 * is neither what the person has seen nor what this switch has made of it. A switch that was interrupted goes on where it ended.
 */
export async function switchRoad(
  iot: IotGateway,
  { caId, from, to, template }: RoadSwitch,
  audit: ChangeAudit,
): Promise<Result<Receipt, Failure>> {
  const plan = planRoad(from, to, template);
  if (plan.kind === 'template-needed') return fail({ kind: 'conflict', reason: 'ca-changed' });
  // Before the first step, and after each.
  const states = [from];
  for (const step of plan.steps) states.push(afterStep(states.at(-1) ?? from, step));

  let receipt: Receipt = { requestId: undefined };
  let next = 0;
  while (next < plan.steps.length) {
    const described = await iot.describeCaCertificate(caId);
    if (!described.ok) return described;
    const present = switchesOf(described.value);
    if (receipt.requestId === undefined) audit.before(present);
    const reached = states.findLastIndex((state) => isSameSwitches(state, present));
    if (reached === -1) return fail({ kind: 'conflict', reason: 'ca-changed' });
    // A read may be older than our own change; an earlier go may have come further.
    next = Math.max(next, reached);
    const step = plan.steps[next];
    if (step === undefined) break;
    const updated = await iot.updateCaCertificate(caId, {
      status: step.status,
      autoRegistration: step.autoRegistration,
      registrationConfig: step.registrationConfig,
    });
    if (!updated.ok) return updated;
    receipt = updated.value;
    next += 1;
    audit.requestId(receipt.requestId);
    audit.after(states[next]);
  }
  return ok(receipt);
}

const switchesOf = ({ status, autoRegistration, registrationConfig }: CaSwitches): CaSwitches => ({
  status,
  autoRegistration,
  registrationConfig,
});
