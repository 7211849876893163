import { invalidRequest, notFound } from '@/lib/sandbox/api-error';
import { requireCertificateByArn } from '@/lib/sandbox/operations/principal';
import {
  type ThingGroupRecord,
  ThingGroupTables,
} from '@/lib/sandbox/operations/thing-groups/thing-group-tables';
import type { Scope } from '@/lib/sandbox/scope';
import type { CertificateRecord } from '@/lib/sandbox/state/records';

/** What a policy can be attached to. AWS IoT API Reference, AttachPolicy: a certificate, a thing group, a Cognito identity. */
export type PolicyTarget =
  | { kind: 'certificate'; certificate: CertificateRecord }
  | { kind: 'thing-group'; group: ThingGroupRecord }
  /** Taken as it is: the sandbox has no Amazon Cognito that could know it. */
  | { kind: 'cognito-identity' };

const THING_GROUP_ARN =
  /^arn:aws(?:-cn|-us-gov)?:iot:([a-z0-9-]+):(\d{12}):thinggroup\/([a-zA-Z0-9:_-]{1,128})$/;
/** Amazon Cognito API Reference, `IdentityId`: a Region and a UUID. */
const COGNITO_IDENTITY = /^[\w-]{1,32}:[0-9a-f-]{1,36}$/;

/**
 * @throws ApiError InvalidRequestException when a policy can never be attached to it, ResourceNotFoundException when there
 * is none
 */
export function requireTarget(scope: Scope, target: string): PolicyTarget {
  if (COGNITO_IDENTITY.test(target)) return { kind: 'cognito-identity' };
  const [, region, accountId, name = ''] = THING_GROUP_ARN.exec(target) ?? [];
  if (region === undefined)
    return { kind: 'certificate', certificate: requireCertificateByArn(scope, target) };
  const isHere = region === scope.region.name && accountId === scope.accountId;
  const group = isHere ? scope.region.family(ThingGroupTables).groups.get(name) : undefined;
  if (!group) throw notFound(`The thing group ${target} does not exist in your account`);
  return { kind: 'thing-group', group };
}

/** As {@link requireTarget} for the deprecated operations, whose principals are certificates and Cognito identities. */
export function requirePrincipal(scope: Scope, principal: string): PolicyTarget {
  const found = requireTarget(scope, principal);
  if (found.kind !== 'thing-group') return found;
  throw invalidRequest(
    `Invalid principal: ${principal} is a thing group. Use AttachPolicy and its kin for it.`,
  );
}

export const isThingGroup = (target: string) => THING_GROUP_ARN.test(target);
