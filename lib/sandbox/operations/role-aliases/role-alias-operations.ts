import type { Operations } from '@/lib/sandbox/operations/operation';
import * as aliases from './role-aliases';

export const roleAliasOperations = {
  CreateRoleAlias: aliases.createRoleAlias,
  DescribeRoleAlias: aliases.describeRoleAlias,
  UpdateRoleAlias: aliases.updateRoleAlias,
  DeleteRoleAlias: aliases.deleteRoleAlias,
  ListRoleAliases: aliases.listRoleAliases,
} satisfies Operations;
