import { randomUUID } from 'node:crypto';
import type {
  CreateBillingGroupRequest,
  CreateBillingGroupResponse,
  DeleteBillingGroupRequest,
  DescribeBillingGroupRequest,
  DescribeBillingGroupResponse,
  ListBillingGroupsRequest,
  ListBillingGroupsResponse,
  UpdateBillingGroupRequest,
  UpdateBillingGroupResponse,
} from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, required } from '@/lib/sandbox/api-error';
import { pageOf } from '@/lib/sandbox/operations/page';
import { forgetTags, sameTags, saveTags } from '@/lib/sandbox/operations/tags/saved-tags';
import type { Scope } from '@/lib/sandbox/scope';
import { type BillingGroupRecord, BillingGroupTables } from './billing-group-tables';
import { billingGroupArn, requireBillingGroup } from './require-billing-group';

/** The same configuration again succeeds; another one is a conflict. */
export function createBillingGroup(
  scope: Scope,
  input: CreateBillingGroupRequest,
): CreateBillingGroupResponse {
  const billingGroupName = required(input.billingGroupName, 'billingGroupName');
  const description = input.billingGroupProperties?.billingGroupDescription;
  const { region } = scope;
  const { groups } = region.family(BillingGroupTables);
  const arn = billingGroupArn(region, billingGroupName);
  const existing = groups.get(billingGroupName);
  if (existing) {
    const { billingGroupId } = existing;
    const isSame = existing.description === description && sameTags(scope, arn, input.tags);
    if (isSame) return { billingGroupName, billingGroupArn: arn, billingGroupId };
    throw new ApiError(
      'ResourceAlreadyExistsException',
      `Billing Group ${billingGroupName} already exists in current account with different properties`,
      { resourceId: billingGroupId, resourceArn: arn },
    );
  }
  saveTags(scope, arn, input.tags);
  const { billingGroupId } = groups.set(billingGroupName, {
    billingGroupName,
    billingGroupId: randomUUID(),
    description,
    version: 1,
    createdAt: scope.now().getTime(),
    sequence: region.nextSequence(),
  });
  return { billingGroupName, billingGroupArn: arn, billingGroupId };
}

export function describeBillingGroup(
  scope: Scope,
  input: DescribeBillingGroupRequest,
): DescribeBillingGroupResponse {
  const group = requireBillingGroup(scope, required(input.billingGroupName, 'billingGroupName'));
  return {
    billingGroupName: group.billingGroupName,
    billingGroupId: group.billingGroupId,
    billingGroupArn: billingGroupArn(scope.region, group.billingGroupName),
    version: group.version,
    billingGroupProperties: { billingGroupDescription: group.description },
    billingGroupMetadata: { creationDate: new Date(group.createdAt) },
  };
}

export function updateBillingGroup(
  scope: Scope,
  input: UpdateBillingGroupRequest,
): UpdateBillingGroupResponse {
  const group = requireBillingGroup(scope, required(input.billingGroupName, 'billingGroupName'));
  checkVersion(group, input.expectedVersion);
  const { billingGroupDescription } = required(input.billingGroupProperties, 'billingGroupProperties');
  const version = group.version + 1;
  const description = billingGroupDescription ?? group.description;
  scope.region
    .family(BillingGroupTables)
    .groups.set(group.billingGroupName, { ...group, description, version });
  return { version };
}

/** Deleting what is not there succeeds: the model declares no ResourceNotFoundException here. */
export function deleteBillingGroup(scope: Scope, input: DeleteBillingGroupRequest): object {
  const { groups, thingsByGroup } = scope.region.family(BillingGroupTables);
  const group = groups.get(required(input.billingGroupName, 'billingGroupName'));
  if (!group) return {};
  checkVersion(group, input.expectedVersion);
  if (thingsByGroup.get(group.billingGroupName).length > 0) {
    throw invalidRequest(
      `Cannot delete billing group : ${group.billingGroupName} when there are still things in it`,
    );
  }
  groups.delete(group.billingGroupName);
  forgetTags(scope, billingGroupArn(scope.region, group.billingGroupName));
  return {};
}

/** In order of creation; AWS documents no order. */
export function listBillingGroups(scope: Scope, input: ListBillingGroupsRequest): ListBillingGroupsResponse {
  const { namePrefixFilter = '', nextToken, maxResults } = input;
  const { groups } = scope.region.family(BillingGroupTables);
  const { items, next } = pageOf(
    scope,
    { of: ['ListBillingGroups', namePrefixFilter], token: nextToken, size: maxResults },
    {
      items: [...groups.values()].filter((group) => group.billingGroupName.startsWith(namePrefixFilter)),
      keyOf: (group) => group.sequence,
    },
  );
  const billingGroups = items.map(({ billingGroupName }) => ({
    groupName: billingGroupName,
    groupArn: billingGroupArn(scope.region, billingGroupName),
  }));
  return { billingGroups, nextToken: next };
}

function checkVersion(group: BillingGroupRecord, expectedVersion: number | undefined): void {
  if (expectedVersion === undefined || expectedVersion === group.version) return;
  throw new ApiError(
    'VersionConflictException',
    `The version for billing group ${group.billingGroupName} does not match the expected version.`,
  );
}
