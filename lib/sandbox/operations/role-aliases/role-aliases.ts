import type {
  CreateRoleAliasRequest,
  CreateRoleAliasResponse,
  DeleteRoleAliasRequest,
  DescribeRoleAliasRequest,
  DescribeRoleAliasResponse,
  ListRoleAliasesRequest,
  ListRoleAliasesResponse,
  UpdateRoleAliasRequest,
  UpdateRoleAliasResponse,
} from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, notFound, required } from '@/lib/sandbox/api-error';
import { ROLE_ARN } from '@/lib/sandbox/iam/iam-names';
import { roleByArn } from '@/lib/sandbox/iam/role-record';
import { pageOf } from '@/lib/sandbox/operations/page';
import { forgetTags, saveTags } from '@/lib/sandbox/operations/tags/saved-tags';
import type { Scope } from '@/lib/sandbox/scope';
import { type RoleAliasRecord, RoleAliasTables } from './role-alias-tables';

/** AWS IoT Core endpoints and quotas: role aliases per account and Region. */
const ALIASES_MAX = 100;
/** API Reference, CreateRoleAlias: defaults to 3600 seconds, one hour. */
const DURATION_DEFAULT_SECONDS = 3600;

export function createRoleAlias(scope: Scope, input: CreateRoleAliasRequest): CreateRoleAliasResponse {
  const roleAlias = required(input.roleAlias, 'roleAlias');
  const { aliases } = scope.region.family(RoleAliasTables);
  const roleAliasArn = aliasArn(scope, roleAlias);
  if (aliases.has(roleAlias)) {
    throw new ApiError(
      'ResourceAlreadyExistsException',
      `RoleAlias cannot be created - already exists (name=${roleAlias})`,
      { resourceId: roleAlias, resourceArn: roleAliasArn },
    );
  }
  const settings = checkSettings(scope, {
    roleArn: required(input.roleArn, 'roleArn'),
    durationSeconds: input.credentialDurationSeconds ?? DURATION_DEFAULT_SECONDS,
  });
  if (aliases.size >= ALIASES_MAX) {
    throw new ApiError('LimitExceededException', `An account can have at most ${ALIASES_MAX} role aliases`);
  }
  saveTags(scope, roleAliasArn, input.tags);
  const now = scope.now().getTime();
  aliases.set(roleAlias, {
    roleAlias,
    ...settings,
    createdAt: now,
    modifiedAt: now,
    sequence: scope.region.nextSequence(),
  });
  return { roleAlias, roleAliasArn };
}

export function describeRoleAlias(scope: Scope, input: DescribeRoleAliasRequest): DescribeRoleAliasResponse {
  const alias = requireRoleAlias(scope, input.roleAlias);
  return {
    roleAliasDescription: {
      roleAlias: alias.roleAlias,
      roleAliasArn: aliasArn(scope, alias.roleAlias),
      roleArn: alias.roleArn,
      owner: scope.accountId,
      credentialDurationSeconds: alias.durationSeconds,
      creationDate: new Date(alias.createdAt),
      lastModifiedDate: new Date(alias.modifiedAt),
    },
  };
}

/** What is not given stays. */
export function updateRoleAlias(scope: Scope, input: UpdateRoleAliasRequest): UpdateRoleAliasResponse {
  const alias = requireRoleAlias(scope, input.roleAlias);
  const settings = checkSettings(scope, {
    roleArn: input.roleArn ?? alias.roleArn,
    durationSeconds: input.credentialDurationSeconds ?? alias.durationSeconds,
  });
  scope.region
    .family(RoleAliasTables)
    .aliases.set(alias.roleAlias, { ...alias, ...settings, modifiedAt: scope.now().getTime() });
  return { roleAlias: alias.roleAlias, roleAliasArn: aliasArn(scope, alias.roleAlias) };
}

export function deleteRoleAlias(scope: Scope, input: DeleteRoleAliasRequest): object {
  const { roleAlias } = requireRoleAlias(scope, input.roleAlias);
  scope.region.family(RoleAliasTables).aliases.delete(roleAlias);
  forgetTags(scope, aliasArn(scope, roleAlias));
  return {};
}

export function listRoleAliases(scope: Scope, input: ListRoleAliasesRequest): ListRoleAliasesResponse {
  const { items, next } = pageOf(
    scope,
    {
      of: ['ListRoleAliases'],
      token: input.marker,
      size: input.pageSize,
      descending: input.ascendingOrder !== true,
    },
    { items: scope.region.family(RoleAliasTables).aliases.values(), keyOf: ({ sequence }) => sequence },
  );
  return { roleAliases: items.map(({ roleAlias }) => roleAlias), nextMarker: next };
}

function requireRoleAlias(scope: Scope, name: string | undefined): RoleAliasRecord {
  const roleAlias = required(name, 'roleAlias');
  const alias = scope.region.family(RoleAliasTables).aliases.get(roleAlias);
  if (!alias) throw notFound(`The role alias ${roleAlias} does not exist in your account`);
  return alias;
}

/**
 * API Reference, CreateRoleAlias: the duration is at most the maximum session duration of the role. That the role exists is
 * not asked: an alias may come before its role.
 */
function checkSettings<Settings extends { roleArn: string; durationSeconds: number }>(
  scope: Scope,
  settings: Settings,
): Settings {
  const { roleArn, durationSeconds } = settings;
  if (!ROLE_ARN.test(roleArn)) throw invalidRequest(`Invalid role ARN: ${roleArn}`);
  const role = roleByArn(scope.sandbox, roleArn);
  if (role && durationSeconds > role.maxSessionDuration) {
    throw invalidRequest(
      `credentialDurationSeconds ${durationSeconds} is more than the maximum session duration of ${roleArn}, which is ${role.maxSessionDuration}`,
    );
  }
  return settings;
}

const aliasArn = (scope: Scope, roleAlias: string) => scope.region.arn(`rolealias/${roleAlias}`);
