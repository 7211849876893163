/**
 * One certificate of a device in the place of another: what has to be done, and whether the new one has what the old one has. The
 * thing, its groups and its attributes are not touched: they hang on the thing, not on the certificate.
 * AWS IoT API Reference: RegisterCertificate, RegisterCertificateWithoutCA, AttachPolicy, AttachThingPrincipal, UpdateCertificate.
 * @module
 */
import type { ActStep, CertificateState, StepState } from './act';

export type ReplacementStep =
  /** By its CA where that is registered and active; else AWS takes it without one, and the device has to send the server's name. */
  { kind: 'register-certificate'; certificateId: string; withCa: boolean } | ActStep;

export type ReplacementReport = { step: ReplacementStep; state: StepState };

export type ReplacementPlan =
  /** No step: it is so already. */
  | { kind: 'steps'; steps: readonly ReplacementStep[] }
  /** AWS does not take a revocation back. */
  | { kind: 'refused'; reason: 'certificate-revoked' };

export type ReplacementState = {
  old: CertificateState;
  /** Undefined while AWS does not know it. */
  next: CertificateState | undefined;
  newCertificateId: string;
  isCaActive: boolean;
};

/**
 * What is missing, in an order in which a run that stops half-way leaves a certificate that cannot connect, not one that connects
 * without its policies. The old certificate is not touched.
 */
export function planReplacement({
  old,
  next,
  newCertificateId,
  isCaActive,
}: ReplacementState): ReplacementPlan {
  if (next?.status === 'REVOKED') return { kind: 'refused', reason: 'certificate-revoked' };
  const arn = next?.arn ?? old.arn.replace(old.certificateId, newCertificateId);
  const steps: ReplacementStep[] = [];
  if (next === undefined) {
    steps.push({ kind: 'register-certificate', certificateId: newCertificateId, withCa: isCaActive });
  }
  for (const policyName of without(old.policyNames, next?.policyNames)) {
    steps.push({ kind: 'attach-policy', policyName, targetArn: arn });
  }
  for (const thingName of without(old.thingNames, next?.thingNames)) {
    steps.push({ kind: 'attach-thing-principal', thingName, principalArn: arn });
  }
  if (next?.status !== 'ACTIVE') {
    steps.push({ kind: 'update-certificate', certificateId: newCertificateId, status: 'ACTIVE' });
  }
  return { kind: 'steps', steps };
}

/** What both certificates are compared by. */
export const PARITY_ASPECTS = ['commonName', 'subject', 'things', 'policies'] as const;
export type ParityAspect = (typeof PARITY_ASPECTS)[number];

export type Compared = Pick<CertificateState, 'thingNames' | 'policyNames'> & {
  commonName: string | undefined;
  subject: string | undefined;
};

/** `missing`: the old one has it and the new one has not; `added`: the other way round. */
export type Parity = {
  aspect: ParityAspect;
  old: readonly string[];
  missing: readonly string[];
  added: readonly string[];
};

export function parityOf(old: Compared, next: Compared): Parity[] {
  return PARITY_ASPECTS.map((aspect) => {
    const [before, after] = [valuesOf(old, aspect), valuesOf(next, aspect)];
    return { aspect, old: before, missing: without(before, after), added: without(after, before) };
  });
}

/**
 * Nothing is missing that the device needs. The order and the other fields of a subject may differ, since another tool may have made
 * the old one; that, and what the new one has beyond the old one, is shown and hinders nothing.
 */
export const hasAll = (parity: readonly Parity[]): boolean =>
  parity.every(({ aspect, missing }) => aspect === 'subject' || missing.length === 0);

function valuesOf(side: Compared, aspect: ParityAspect): readonly string[] {
  if (aspect === 'things') return side.thingNames;
  if (aspect === 'policies') return side.policyNames;
  const value = side[aspect];
  return value === undefined ? [] : [value];
}

const without = (all: readonly string[], those: readonly string[] = []): string[] =>
  all.filter((one) => !those.includes(one)).toSorted();
