/**
 * Gives a new certificate what an old one has, from what AWS has of both at this moment: repeated after a failure, it goes on there.
 * @module
 */
import 'server-only';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import type { CertificateState } from '@/lib/registry/act';
import { planReplacement, type ReplacementPlan, type ReplacementReport } from '@/lib/registry/replacement';
import { fail, ok, type Result } from '@/lib/result';
import { readState } from './act-on-certificate';
import { runSteps } from './run-steps';

export type Replacing = {
  oldCertificateId: string;
  newCertificateId: string;
  newCertificatePem: string;
  newCaId: string;
};

export type ReplacementRun = {
  /** Every step that was begun, in order; the last one may have failed. */
  steps: ReplacementReport[];
  result: Result<undefined, Failure>;
  before: unknown;
  requestId: string | undefined;
};

export type ReplacementRead = {
  old: CertificateState;
  next: CertificateState | undefined;
  /** PEM of the CA, undefined where AWS does not have it active. */
  caPem: string | undefined;
};

/** Everything that the plan rests on. */
export async function readReplacing(
  iot: IotGateway,
  { oldCertificateId, newCertificateId, newCaId }: Omit<Replacing, 'newCertificatePem'>,
): Promise<Result<ReplacementRead, Failure>> {
  const [old, next, ca] = await Promise.all([
    readState(iot, oldCertificateId),
    readState(iot, newCertificateId),
    iot.describeCaCertificate(newCaId),
  ]);
  if (!old.ok) return old;
  if (!next.ok && next.failure.kind !== 'not-found') return next;
  if (!ca.ok && ca.failure.kind !== 'not-found') return ca;
  return ok({
    old: old.value,
    next: next.ok ? next.value : undefined,
    caPem: ca.ok && ca.value.status === 'ACTIVE' ? ca.value.certificatePem : undefined,
  });
}

/** @param mayGoWithoutCa whether a certificate may be registered that no CA in AWS vouches for */
export async function replaceCertificate(
  iot: IotGateway,
  replacing: Replacing,
  { mayGoWithoutCa }: { mayGoWithoutCa: boolean },
): Promise<ReplacementRun> {
  const read = await readReplacing(iot, replacing);
  if (!read.ok) return { steps: [], result: read, before: undefined, requestId: undefined };
  const { old, next, caPem } = read.value;
  const { newCertificateId } = replacing;
  const plan = planReplacement({ old, next, newCertificateId, isCaActive: caPem !== undefined });
  const run = await runPlan(iot, plan, {
    certificatePem: replacing.newCertificatePem,
    caPem,
    mayGoWithoutCa,
  });
  return { ...run, before: { old, new: next } };
}

type Registering = { certificatePem: string; caPem: string | undefined; mayGoWithoutCa: boolean };

async function runPlan(
  iot: IotGateway,
  plan: ReplacementPlan,
  { certificatePem, caPem, mayGoWithoutCa }: Registering,
): Promise<Omit<ReplacementRun, 'before'>> {
  const nothing = { steps: [], requestId: undefined };
  if (plan.kind === 'refused') return { ...nothing, result: fail({ kind: 'conflict', reason: plan.reason }) };
  const [first, ...others] = plan.steps;
  if (first?.kind !== 'register-certificate') return runSteps(iot, plan.steps.filter(isAct));
  if (!first.withCa && !mayGoWithoutCa) {
    return { ...nothing, result: fail({ kind: 'conflict', reason: 'ca-inactive' }) };
  }
  // Not active until it has its policies.
  const registered = await iot.registerCertificate({ certificatePem, caPem, status: 'INACTIVE' });
  // The device may have come first, and AWS registered it then.
  const wasThere = !registered.ok && isThere(registered.failure);
  const state = registered.ok ? 'done' : wasThere ? 'skipped' : 'failed';
  if (!(registered.ok || wasThere)) {
    return { steps: [{ step: first, state }], result: registered, requestId: undefined };
  }
  const rest = await runSteps(iot, others.filter(isAct));
  const requestId = rest.requestId ?? (registered.ok ? registered.value.requestId : undefined);
  return { steps: [{ step: first, state }, ...rest.steps], result: rest.result, requestId };
}

type AnyStep = Extract<ReplacementPlan, { kind: 'steps' }>['steps'][number];
const isAct = (step: AnyStep): step is Exclude<AnyStep, { kind: 'register-certificate' }> =>
  step.kind !== 'register-certificate';

const isThere = (failure: Failure): boolean =>
  failure.kind === 'aws' && failure.name === 'ResourceAlreadyExistsException';
