/**
 * What can be done to a device's certificate or thing, as a plan: the steps in their order, out of what AWS has of it now.
 * The screen shows it, the server carries it out, so what is shown is what is done.
 * AWS IoT Developer Guide, "Activate or deactivate a client certificate", "Revoke a client certificate"; API Reference,
 * DeleteCertificate, DeleteThing.
 * @module
 */
import type { CertificateStatus, SettableStatus } from './device-certificate';

export const CERTIFICATE_ACTS = ['activate', 'deactivate', 'reject', 'revoke', 'delete-certificate'] as const;
/** `reject` is revoking a certificate that never was active: what keeps its device out for good. */
export type CertificateAct = (typeof CERTIFICATE_ACTS)[number];
/** `approve` takes an `Approval` with it. */
export const ACTS = [...CERTIFICATE_ACTS, 'approve', 'delete-thing'] as const;
export type Act = (typeof ACTS)[number];

/** The changes that acts are made of; each is an `AwsChange`. */
export type ActStep =
  | { kind: 'update-certificate'; certificateId: string; status: SettableStatus }
  | { kind: 'attach-policy' | 'detach-policy'; policyName: string; targetArn: string }
  | { kind: 'attach-thing-principal' | 'detach-thing-principal'; thingName: string; principalArn: string }
  | { kind: 'create-policy'; policyName: string; document: string }
  | {
      kind: 'create-thing';
      thingName: string;
      typeName: string | undefined;
      attributes: Readonly<Record<string, string>>;
    }
  | { kind: 'add-thing-to-thing-group'; thingName: string; groupName: string }
  | { kind: 'delete-certificate'; certificateId: string }
  | { kind: 'delete-thing'; thingName: string };

/** Comes before the steps of an approval where a person brings the certificate. */
export type RegistrationStep =
  | { kind: 'register-certificate'; certificateFile: string; caCertificateFile: string; status: 'INACTIVE' }
  | { kind: 'register-certificate-without-ca'; certificateFile: string; status: 'INACTIVE' };

/** `skipped`: it was so already, or what it was about is gone. */
export type StepState = 'done' | 'skipped' | 'failed';
export type StepReport<Step = ActStep> = { step: Step; state: StepState };
/** Whatever a page is told of. */
export type AnyStepReport = StepReport<ActStep | RegistrationStep>;

/** A certificate as far as an act has to know it. */
export type CertificateState = {
  certificateId: string;
  arn: string;
  status: CertificateStatus;
  /** Both are read for a deletion and an approval only. */
  thingNames: readonly string[];
  policyNames: readonly string[];
};

export type ActPlan =
  /** No step: it is so already. */
  | { kind: 'steps'; steps: readonly ActStep[] }
  /** AWS does not take a revocation back. */
  | { kind: 'refused'; reason: 'certificate-revoked' };

const STATUS_OF: Record<Exclude<CertificateAct, 'delete-certificate'>, SettableStatus> = {
  activate: 'ACTIVE',
  deactivate: 'INACTIVE',
  reject: 'REVOKED',
  revoke: 'REVOKED',
};

/** The steps that bring the certificate from `state` to where the act leads. */
export function planCertificateAct(act: CertificateAct, state: CertificateState): ActPlan {
  const { certificateId, arn, status, thingNames, policyNames } = state;
  if (act !== 'delete-certificate') {
    const to = STATUS_OF[act];
    if (status === to) return { kind: 'steps', steps: [] };
    if (status === 'REVOKED') return { kind: 'refused', reason: 'certificate-revoked' };
    return { kind: 'steps', steps: [{ kind: 'update-certificate', certificateId, status: to }] };
  }
  return {
    kind: 'steps',
    steps: [
      // First of all: a plan that stops half-way leaves a device that is out, not one that is in without its policies.
      ...(status === 'ACTIVE'
        ? [{ kind: 'update-certificate', certificateId, status: 'INACTIVE' } as const]
        : []),
      ...policyNames.map((policyName) => ({ kind: 'detach-policy', policyName, targetArn: arn }) as const),
      ...thingNames.map(
        (thingName) => ({ kind: 'detach-thing-principal', thingName, principalArn: arn }) as const,
      ),
      { kind: 'delete-certificate', certificateId },
    ],
  };
}

/** Detaches every principal, which stays as it is, and deletes the thing. */
export function planThingDeletion(thingName: string, principalArns: readonly string[]): readonly ActStep[] {
  return [
    ...principalArns.map(
      (principalArn) => ({ kind: 'detach-thing-principal', thingName, principalArn }) as const,
    ),
    { kind: 'delete-thing', thingName },
  ];
}

/**
 * How many calls one act on one device takes as a rule (one thing and one policy attached), reads included: what an
 * estimate of time rests on.
 */
export const CALLS_PER_ACT: Record<Act, number> = {
  activate: 2,
  deactivate: 2,
  reject: 2,
  revoke: 2,
  approve: 10,
  'delete-certificate': 7,
  'delete-thing': 4,
};

/** Calls of one batch: at AWS's 10 a second it answers within four seconds, so that progress is seen and a pause is felt. */
const CALLS_PER_BATCH = 40;

/** How many devices one request acts on. */
export const batchSizeOf = (act: Act): number => Math.floor(CALLS_PER_BATCH / CALLS_PER_ACT[act]);

/** How many one run may act on: at AWS's rate the longest takes an hour, and the page holds every one of them. Our choice. */
export const ACT_SUBJECTS_MAX = 5000;
