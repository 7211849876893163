/**
 * Carries out the steps of a plan, one after another. Each may be repeated: what is so already counts as skipped.
 * @module
 */
import 'server-only';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import { isNotFound } from '@/lib/aws/or-not-found';
import type { Failure } from '@/lib/failure';
import type { ActStep, StepReport } from '@/lib/registry/act';
import type { Receipt } from '@/lib/registry/receipt';
import { assertNever, ok, type Result } from '@/lib/result';

export type StepsRun = {
  steps: StepReport[];
  result: Result<undefined, Failure>;
  requestId: string | undefined;
};

/** Stops at the first step that fails. */
export async function runSteps(iot: IotGateway, plan: readonly ActStep[]): Promise<StepsRun> {
  const steps: StepReport[] = [];
  let requestId: string | undefined;
  for (const step of plan) {
    const answer = await runStep(iot, step);
    if (answer.ok) requestId = answer.value.requestId ?? requestId;
    // Somebody else detached, deleted or made it in the meantime, which is what was wanted.
    const isSo =
      (REMOVALS.has(step.kind) && isMissing(answer)) || (MAKINGS.has(step.kind) && isThere(answer));
    steps.push({ step, state: answer.ok ? 'done' : isSo ? 'skipped' : 'failed' });
    if (!answer.ok && !isSo) return { steps, result: answer, requestId };
  }
  return { steps, result: ok(undefined), requestId };
}

const REMOVALS: ReadonlySet<ActStep['kind']> = new Set([
  'detach-policy',
  'detach-thing-principal',
  'delete-certificate',
  'delete-thing',
]);
const MAKINGS: ReadonlySet<ActStep['kind']> = new Set(['create-policy', 'create-thing']);

const isThere = (answer: Result<unknown, Failure>): boolean =>
  !answer.ok && answer.failure.kind === 'aws' && answer.failure.name === 'ResourceAlreadyExistsException';

const isMissing = (answer: Result<unknown, Failure>): boolean =>
  isNotFound(answer) || (!answer.ok && answer.failure.kind === 'not-found');

function runStep(iot: IotGateway, step: ActStep): Promise<Result<Receipt, Failure>> {
  switch (step.kind) {
    case 'update-certificate':
      return iot.updateCertificate(step.certificateId, step.status);
    case 'attach-policy':
      return iot.attachPolicy(step);
    case 'attach-thing-principal':
      return iot.attachThingPrincipal(step);
    case 'create-policy':
      return iot.createPolicy({ name: step.policyName, document: step.document });
    case 'create-thing':
      return iot.createThing({ name: step.thingName, typeName: step.typeName, attributes: step.attributes });
    case 'add-thing-to-thing-group':
      return iot.addThingToGroup(step);
    case 'detach-policy':
      return iot.detachPolicy(step);
    case 'detach-thing-principal':
      return iot.detachThingPrincipal(step);
    case 'delete-certificate':
      return iot.deleteCertificate(step.certificateId);
    case 'delete-thing':
      return iot.deleteThing(step.thingName);
    default:
      return assertNever(step);
  }
}
