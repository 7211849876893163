/**
 * Lets one certificate in by hand: policy, thing, activation, out of what AWS has at this moment.
 * @module
 */
import 'server-only';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import { isSameJson } from '@/lib/policy/json-tree';
import { jitrCertificateOf } from '@/lib/provisioning/jitr/certificate-of';
import { partitionOf } from '@/lib/provisioning/starters';
import {
  type Approval,
  type ApprovalFacts,
  type ApprovalPlan,
  approvalPolicyDocument,
  approvedThingName,
  planApproval,
} from '@/lib/registry/approval';
import { isThingName } from '@/lib/registry/thing';
import { fail, ok, type Result } from '@/lib/result';
import { readState } from './act-on-certificate';
import type { ActReport } from './act-report';
import { readPrincipalArns } from './delete-thing';
import { runSteps } from './run-steps';

/** The policy of a CA's set-up, as it is kept, and whether who approves may make one. */
export type SetUpPolicy = { document: string | undefined; mayCreate: boolean };

/**
 * Repeating it after a failure goes on where it ended: what is so already is no step of the next plan.
 *
 * @param setUp - for an approval by a set-up; left out: no policy of a set-up is made
 */
export async function approveCertificate(
  iot: IotGateway,
  place: Pick<Environment, 'region' | 'accountId'>,
  approval: Approval,
  certificateId: string,
  setUp?: SetUpPolicy,
): Promise<ActReport> {
  const read = await readApproval(iot, place, approval, certificateId, setUp?.document);
  if (!read.ok) return { steps: [], result: read, before: undefined, requestId: undefined };
  const { status, thingNames, policyNames } = read.value.facts.certificate;
  const before = { status, things: thingNames, policies: policyNames };
  const { plan } = read.value;
  if (plan.kind === 'refused') {
    const result = fail({ kind: 'conflict', reason: plan.reason } as const);
    return { steps: [], result, before, requestId: undefined };
  }
  const makesPolicy = plan.steps.some(({ kind }) => kind === 'create-policy');
  if (approval.policy.kind === 'set-up' && makesPolicy && setUp?.mayCreate !== true) {
    const result = fail({ kind: 'forbidden', permission: 'policy:create' } as const);
    return { steps: [], result, before, requestId: undefined };
  }
  return { ...(await runSteps(iot, plan.steps)), before };
}

/** What the approval would do to the certificate now. Nothing is changed. */
export async function readApproval(
  iot: IotGateway,
  { region, accountId }: Pick<Environment, 'region' | 'accountId'>,
  approval: Approval,
  certificateId: string,
  setUpDocument?: string,
): Promise<Result<{ facts: ApprovalFacts; plan: ApprovalPlan }, Failure>> {
  const described = await iot.describeCertificate(certificateId);
  if (!described.ok) return described;
  const policyDocument =
    approval.policy.kind === 'set-up'
      ? setUpDocument
      : approvalPolicyDocument({ partition: partitionOf(region), region, accountId });
  const inspected = await inspectCertificate(described.value.certificatePem, crypto);
  const content = inspected.ok ? jitrCertificateOf(inspected.value, described.value.status) : undefined;
  const [certificate, policy, thing] = await Promise.all([
    readState(iot, described.value),
    readPolicy(iot, approval, policyDocument),
    readThing(iot, content && approvedThingName(approval, content), described.value.arn),
  ]);
  if (!certificate.ok) return certificate;
  if (!policy.ok) return policy;
  if (!thing.ok) return thing;
  const facts: ApprovalFacts = {
    certificate: certificate.value,
    content,
    policy: policy.value,
    policyDocument,
    thing: thing.value,
  };
  return ok({ facts, plan: planApproval(approval, facts) });
}

async function readPolicy(
  iot: IotGateway,
  { policy }: Approval,
  document: string | undefined,
): Promise<Result<ApprovalFacts['policy'], Failure>> {
  if (policy.kind === 'none') return ok(undefined);
  const found = await iot.getPolicy(policy.name);
  if (!found.ok) return found.failure.kind === 'not-found' ? ok('absent') : found;
  // A policy that the person named has whatever document it has, and a set-up's function minds none that is there.
  if (policy.kind !== 'scoped' || document === undefined) return ok('there');
  return ok(isSameJson(found.value.document, document) ? 'there' : 'differs');
}

async function readThing(
  iot: IotGateway,
  thingName: string | undefined,
  arn: string,
): Promise<Result<ApprovalFacts['thing'], Failure>> {
  if (thingName === undefined || !isThingName(thingName)) return ok(undefined);
  const found = await iot.describeThing(thingName);
  if (!found.ok) {
    return found.failure.kind === 'not-found' ? ok({ exists: false, othersCount: 0 }) : found;
  }
  const principals = await readPrincipalArns(iot, thingName);
  if (!principals.ok) return principals;
  return ok({ exists: true, othersCount: principals.value.filter((each) => each !== arn).length });
}
