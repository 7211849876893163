/**
 * Letting a pending certificate in by hand, as a plan: what the function behind a just-in-time registration rule does.
 * AWS IoT Developer Guide, "Register a client certificate when the client connects (JITR)"; API Reference, CreateThing,
 * ThingAttribute, AttachPolicy.
 * @module
 */
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import { fillIn } from '@/lib/provisioning/jitr/fill-in';
import { isValidName } from '@/lib/provisioning/registry-names';
import type { ActStep, CertificateState } from './act';
import { isThingName } from './thing';

/** AWS IoT quotas: a thing has three attributes, and fifty once it has a type. */
export const ATTRIBUTES_WITHOUT_TYPE_MAX = 3;
/** AWS IoT quotas: groups that a thing can belong to directly. */
export const GROUPS_MAX = 10;

/** What a certificate gets before it is activated; the same for all that are approved together. */
export type Approval = {
  policy:
    | { kind: 'none' }
    | { kind: 'existing'; name: string }
    /** Made with the document of {@link approvalPolicyDocument}, once for all devices, unless it is there. */
    | { kind: 'scoped'; name: string }
    /** That of a CA's set-up of just-in-time registration: made with the set-up's document, unless it is there. */
    | { kind: 'set-up'; name: string; caId: string };
  thing:
    | { kind: 'none' }
    | {
        kind: 'create';
        /** With `${CommonName}` and the like in it, as in {@link fillIn}. */
        name: string;
        /** Values with `${…}` as well. */
        attributes: Readonly<Record<string, string>>;
        typeName?: string | undefined;
        groupNames: readonly string[];
      };
};

/** What has to be known of a certificate before it can be approved. */
export type ApprovalFacts = {
  certificate: CertificateState;
  /** Undefined: it cannot be decoded. */
  content: CertificateFacts | undefined;
  /** Of the policy that the approval names; undefined where it names none. */
  policy: 'absent' | 'there' | 'differs' | undefined;
  /** The document that a scoped policy, or a set-up's, is made with; undefined: the set-up makes none of that name any more. */
  policyDocument: string | undefined;
  /** Of the thing that the approval leads to; undefined where there is none. `othersCount`: principals beside this certificate. */
  thing: { exists: boolean; othersCount: number } | undefined;
};

export type ApprovalRefusal =
  | 'certificate-revoked'
  | 'certificate-in-transfer'
  | 'certificate-unreadable'
  | 'policy-absent'
  | 'policy-differs'
  | 'thing-name-missing'
  | 'thing-name-invalid'
  | 'thing-attributes-too-many';

/** What the person should know before it is done. */
export type ApprovalNote =
  /** Another certificate has that thing already: a device that was issued anew, or one that took its name. */
  | { kind: 'thing-shared'; thingName: string; count: number }
  /** There before: its attributes, type and groups stay as they are, but for groups that are added. */
  | { kind: 'thing-there'; thingName: string }
  /** The certificate has no such value, or AWS takes it in no attribute, e.g. for a blank. */
  | { kind: 'attribute-left-out'; name: string };

export type ApprovalPlan =
  | { kind: 'steps'; steps: readonly ActStep[]; notes: readonly ApprovalNote[] }
  | { kind: 'refused'; reason: ApprovalRefusal };

/** The thing's name, out of the certificate; undefined where that lacks a value, or there is to be no thing. */
export function approvedThingName({ thing }: Approval, content: CertificateFacts): string | undefined {
  return thing.kind === 'none' ? undefined : filledIn(thing.name, content);
}

const filledIn = (template: string, content: CertificateFacts): string | undefined => {
  const { text, missing } = fillIn(template, content);
  return missing.length > 0 || text === '' ? undefined : text;
};

/**
 * The steps that let the certificate in. It is activated last of all: a plan that stops half-way leaves a device that is out, not
 * one that is in without its policy. What is so already is no step.
 */
export function planApproval(approval: Approval, facts: ApprovalFacts): ApprovalPlan {
  const { certificate } = facts;
  const { certificateId, status } = certificate;
  if (status === 'REVOKED') return refused('certificate-revoked');
  if (status === 'PENDING_TRANSFER') return refused('certificate-in-transfer');
  const policy = policySteps(approval.policy, facts);
  if (!Array.isArray(policy)) return policy;
  const thing = thingSteps(approval, facts);
  if (thing.kind === 'refused') return thing;
  const activation: ActStep[] =
    status === 'ACTIVE' ? [] : [{ kind: 'update-certificate', certificateId, status: 'ACTIVE' }];
  return { kind: 'steps', steps: [...policy, ...thing.steps, ...activation], notes: thing.notes };
}

const refused = (reason: ApprovalRefusal) => ({ kind: 'refused', reason }) as const;

function policySteps(
  policy: Approval['policy'],
  { certificate, policy: found, policyDocument }: ApprovalFacts,
): ActStep[] | ReturnType<typeof refused> {
  if (policy.kind === 'none') return [];
  const { name: policyName } = policy;
  const document = policy.kind === 'existing' ? undefined : policyDocument;
  if (found === 'absent' && document === undefined) return refused('policy-absent');
  if (policy.kind === 'scoped' && found === 'differs') return refused('policy-differs');
  const isMade = found === 'absent' && document !== undefined;
  const isAttached = certificate.policyNames.includes(policyName);
  return [
    ...(isMade ? [{ kind: 'create-policy', policyName, document } as const] : []),
    ...(isAttached ? [] : [{ kind: 'attach-policy', policyName, targetArn: certificate.arn } as const]),
  ];
}

function thingSteps(approval: Approval, { certificate, content, thing: found }: ApprovalFacts): ApprovalPlan {
  const { thing } = approval;
  if (thing.kind === 'none') return { kind: 'steps', steps: [], notes: [] };
  if (content === undefined) return refused('certificate-unreadable');
  const thingName = approvedThingName(approval, content);
  if (thingName === undefined) return refused('thing-name-missing');
  if (!isThingName(thingName)) return refused('thing-name-invalid');
  const { typeName, groupNames } = thing;
  const { attributes, leftOut } = attributesOf(thing.attributes, content);
  const exists = found?.exists === true;
  if (!exists && typeName === undefined && Object.keys(attributes).length > ATTRIBUTES_WITHOUT_TYPE_MAX) {
    return refused('thing-attributes-too-many');
  }

  const isAttached = certificate.thingNames.includes(thingName);
  const othersCount = found?.othersCount ?? 0;
  return {
    kind: 'steps',
    steps: [
      ...(exists ? [] : [{ kind: 'create-thing', thingName, typeName, attributes } as const]),
      ...groupNames.map((groupName) => ({ kind: 'add-thing-to-thing-group', thingName, groupName }) as const),
      ...(isAttached
        ? []
        : [{ kind: 'attach-thing-principal', thingName, principalArn: certificate.arn } as const]),
    ],
    notes: [
      ...(othersCount > 0 ? [{ kind: 'thing-shared', thingName, count: othersCount } as const] : []),
      ...(exists && othersCount === 0 && !isAttached ? [{ kind: 'thing-there', thingName } as const] : []),
      ...(exists ? [] : leftOut.map((name) => ({ kind: 'attribute-left-out', name }) as const)),
    ],
  };
}

function attributesOf(
  templates: Readonly<Record<string, string>>,
  content: CertificateFacts,
): { attributes: Record<string, string>; leftOut: string[] } {
  const attributes: [string, string][] = [];
  const leftOut: string[] = [];
  for (const [name, template] of Object.entries(templates)) {
    const value = filledIn(template, content);
    if (value !== undefined && isValidName('attributeValue', value)) attributes.push([name, value]);
    else leftOut.push(name);
  }
  return { attributes: Object.fromEntries(attributes), leftOut };
}

/**
 * The document of a policy that fits every device of a fleet: a device connects as its thing, and uses that thing's topics. It is
 * the one of AWS's article on JITP.
 *
 * @param place - whose resources it names: partition (`aws`), Region and account id
 */
export function approvalPolicyDocument(place: {
  partition: string;
  region: string;
  accountId: string;
}): string {
  const arn = (resource: string) =>
    `arn:${place.partition}:iot:${place.region}:${place.accountId}:${resource}\${iot:Connection.Thing.ThingName}`;
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['iot:Connect'], Resource: [arn('client/')] },
      { Effect: 'Allow', Action: ['iot:Publish', 'iot:Receive'], Resource: [`${arn('topic/')}/*`] },
      { Effect: 'Allow', Action: ['iot:Subscribe'], Resource: [`${arn('topicfilter/')}/*`] },
    ],
  });
}
