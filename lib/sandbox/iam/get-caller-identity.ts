import type { QueryOperation } from './roles';

/** Any access key is accepted, so everybody is the account itself. */
export const getCallerIdentity: QueryOperation = (scope) => ({
  Arn: `arn:aws:iam::${scope.accountId}:root`,
  UserId: scope.accountId,
  Account: scope.accountId,
});
