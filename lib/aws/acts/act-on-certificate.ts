/**
 * One act on one certificate, from what AWS has of it at this moment.
 * @module
 */
import 'server-only';
import { collect } from '@/lib/aws/collect';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import {
  type ActPlan,
  type CertificateAct,
  type CertificateState,
  planCertificateAct,
} from '@/lib/registry/act';
import type { CertificateDetail } from '@/lib/registry/device-certificate';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';
import { fail, ok, type Result } from '@/lib/result';
import type { ActReport } from './act-report';
import { runSteps, type StepsRun } from './run-steps';
import { untilDetached } from './until-detached';

/** AWS allows 10 policies on a certificate and any number of things; who attached more takes another round. */
const ATTACHED_MAX = 1000;

/**
 * Does what the plan of {@link planCertificateAct} says. A certificate that is gone counts as deleted, and one that is so
 * already as done; both without a step.
 */
export async function actOnCertificate(
  iot: IotGateway,
  act: CertificateAct,
  certificateId: string,
): Promise<ActReport> {
  const described = await iot.describeCertificate(certificateId);
  if (!described.ok) {
    const isGone = act === 'delete-certificate' && described.failure.kind === 'not-found';
    return { steps: [], result: isGone ? ok(undefined) : described, before: undefined, requestId: undefined };
  }
  const { status, caId, certificatePem } = described.value;
  if (act !== 'delete-certificate') {
    const run = await runPlan(iot, planCertificateAct(act, toState(described.value, [], [])));
    return { ...run, before: { status } };
  }

  let known: CertificateDetail | undefined = described.value;
  const attached = { things: new Set<string>(), policies: new Set<string>() };
  const run = await untilDetached(async () => {
    const state = await readState(iot, known ?? certificateId);
    known = undefined;
    if (!state.ok) return { steps: [], result: goneIsDone(state), requestId: undefined };
    for (const name of state.value.thingNames) attached.things.add(name);
    for (const name of state.value.policyNames) attached.policies.add(name);
    return runPlan(iot, planCertificateAct(act, state.value));
  });
  const before = {
    status,
    caId,
    certificatePem,
    things: [...attached.things],
    policies: [...attached.policies],
  };
  return { ...run, before };
}

/** The certificate with what is attached to it; by its id, or as it was described a moment ago. */
export async function readState(
  iot: IotGateway,
  certificate: string | CertificateDetail,
): Promise<Result<CertificateState, Failure>> {
  const described =
    typeof certificate === 'string' ? await iot.describeCertificate(certificate) : ok(certificate);
  if (!described.ok) return described;
  const { arn } = described.value;
  const [things, policies] = await Promise.all([
    collect((token) => iot.listPrincipalThings(arn, { pageSize: PAGE_SIZE_MAX, token }), ATTACHED_MAX),
    collect((token) => iot.listAttachedPolicies(arn, { pageSize: PAGE_SIZE_MAX, token }), ATTACHED_MAX),
  ]);
  if (!things.ok) return things;
  if (!policies.ok) return policies;
  return ok(
    toState(
      described.value,
      things.value,
      policies.value.map(({ name }) => name),
    ),
  );
}

const toState = (
  { certificateId, arn, status }: CertificateDetail,
  thingNames: readonly string[],
  policyNames: readonly string[],
): CertificateState => ({ certificateId, arn, status, thingNames, policyNames });

async function runPlan(iot: IotGateway, plan: ActPlan): Promise<StepsRun> {
  if (plan.kind === 'refused') {
    return { steps: [], result: fail({ kind: 'conflict', reason: plan.reason }), requestId: undefined };
  }
  return runSteps(iot, plan.steps);
}

/** Somebody else deleted it between two reads. */
const goneIsDone = (read: Result<unknown, Failure>): Result<undefined, Failure> =>
  read.ok || read.failure.kind === 'not-found' ? ok(undefined) : read;
