/**
 * An approval while it is being filled in.
 * @module
 */
import { type Approval, GROUPS_MAX } from '@/lib/registry/approval';
import { isPolicyName } from '@/lib/registry/iot-policy';
import { isThingName } from '@/lib/registry/thing';

export type ApprovalDraft = {
  policy: Approval['policy']['kind'];
  policyName: string;
  /** The policy of the CA's set-up, where that makes one; offered as long as the form is open. */
  setUp: Extract<Approval['policy'], { kind: 'set-up' }> | undefined;
  thing: Approval['thing']['kind'];
  /** The thing's name, with `${…}`. */
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Empty: none. */
  typeName: string;
  /** Names with commas between them. */
  groups: string;
};

/** What a thing can be named after, and what of a subject can be an attribute of it. */
export const THING_NAMES = {
  commonName: `\${CommonName}`,
  serialNumber: `\${SerialNumber}`,
  certificateId: `\${Id}`,
} as const;
export const THING_ATTRIBUTES: Readonly<Record<string, string>> = {
  country: `\${Country}`,
  organization: `\${Organization}`,
  organizationalUnit: `\${OrganizationalUnit}`,
  state: `\${StateName}`,
  serialNumber: `\${SerialNumber}`,
  dnQualifier: `\${DistinguishedNameQualifier}`,
};

/** What the scoped policy is called as long as nobody names it. */
const SCOPED_NAME = 'ThingScopedPolicy';

export function draftOf(approval: Approval | undefined, mayCreatePolicy: boolean): ApprovalDraft {
  const policy = approval?.policy ?? ({ kind: mayCreatePolicy ? 'scoped' : 'existing' } as const);
  const thing = approval?.thing.kind === 'create' ? approval.thing : undefined;
  return {
    policy: policy.kind,
    policyName: policyNameOf(policy, mayCreatePolicy),
    setUp: policy.kind === 'set-up' ? policy : undefined,
    thing: approval?.thing.kind ?? 'create',
    name: thing?.name ?? THING_NAMES.commonName,
    attributes: thing?.attributes ?? {},
    typeName: thing?.typeName ?? '',
    groups: thing?.groupNames.join(', ') ?? '',
  };
}

function policyNameOf(policy: { kind: ApprovalDraft['policy']; name?: string }, mayCreatePolicy: boolean) {
  // The name to begin with for who turns away from the set-up's.
  if (policy.kind === 'set-up') return mayCreatePolicy ? SCOPED_NAME : '';
  return policy.name ?? (policy.kind === 'scoped' ? SCOPED_NAME : '');
}

/** @returns undefined while something that would be sent is missing or wrong */
export function approvalOf(draft: ApprovalDraft): Approval | undefined {
  const { name, attributes, typeName } = draft;
  const policy = policyOf(draft);
  if (policy === undefined) return undefined;
  if (draft.thing === 'none') return { policy, thing: { kind: 'none' } };
  const groupNames = groupNamesOf(draft.groups);
  if (groupNames === undefined || (typeName !== '' && !isThingName(typeName))) return undefined;
  return {
    policy,
    thing: { kind: 'create', name, attributes, typeName: typeName || undefined, groupNames },
  };
}

function policyOf({ policy, policyName, setUp }: ApprovalDraft): Approval['policy'] | undefined {
  if (policy === 'none') return { kind: 'none' };
  if (policy === 'set-up') return setUp;
  return isPolicyName(policyName) ? { kind: policy, name: policyName } : undefined;
}

/** @returns undefined where some name cannot be a group's, or there are more than a thing may have */
export function groupNamesOf(text: string): string[] | undefined {
  const names = [...new Set(text.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  return names.every(isThingName) && names.length <= GROUPS_MAX ? names : undefined;
}
