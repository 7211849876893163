import { required } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { RegionState } from '@/lib/sandbox/state/region-state';
import { checkedText } from './check';
import { invalidParameter, lambdaError } from './lambda-error';
import { type FunctionRecord, LambdaTables } from './lambda-tables';

/** Service model, FunctionName: a name, `account:function:name` or an ARN, each with or without a qualifier. */
const FUNCTION_NAME =
  /^(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?$/;
const FUNCTION_NAME_MAX = 140;
const NAME_MAX = 64;

type FunctionReference = {
  region: string | undefined;
  accountId: string | undefined;
  functionName: string;
  qualifier: string | undefined;
};

/** Reads a function's name or ARN; undefined when it is none. */
export function parseFunctionName(text: string): FunctionReference | undefined {
  const found = FUNCTION_NAME.exec(text);
  if (!found) return undefined;
  const [, , , region, , , , , account, , functionName = '', , qualifier] = found;
  return { region: region?.slice(0, -1), accountId: account?.slice(0, -1), functionName, qualifier };
}

/** The name alone of what a caller may write in any of its forms. @throws ApiError ValidationException */
export function functionNameOf(scope: Scope, input: string | undefined): string {
  const text = checkedText('functionName', required(input, 'FunctionName'), {
    pattern: FUNCTION_NAME,
    min: 1,
    max: FUNCTION_NAME_MAX,
  });
  const reference = parseFunctionName(text);
  const { region, accountId, functionName = text } = reference ?? {};
  if (functionName.length > NAME_MAX) {
    throw invalidParameter(`A function's name has at most ${NAME_MAX} characters`);
  }
  if ((region ?? scope.region.name) !== scope.region.name) {
    throw invalidParameter(
      `Functions from '${region}' are not reachable in this region ('${scope.region.name}')`,
    );
  }
  if ((accountId ?? scope.accountId) !== scope.accountId) throw functionNotFound(scope.region, functionName);
  return functionName;
}

/**
 * The function that a request names. Only `$LATEST` exists: the sandbox has no versions and aliases.
 *
 * @throws ApiError ValidationException, ResourceNotFoundException
 */
export function requireFunction(
  scope: Scope,
  { FunctionName, Qualifier }: { FunctionName?: string | undefined; Qualifier?: string | undefined },
): FunctionRecord {
  const functionName = functionNameOf(scope, FunctionName);
  const qualifier = Qualifier ?? parseFunctionName(FunctionName ?? '')?.qualifier ?? '$LATEST';
  const known = scope.region.family(LambdaTables).functions.get(functionName);
  if (!known || qualifier !== '$LATEST') throw functionNotFound(scope.region, functionName, qualifier);
  return known;
}

export const functionArn = (region: RegionState, functionName: string) =>
  `arn:aws:lambda:${region.name}:${region.accountId}:function:${functionName}`;

function functionNotFound(region: RegionState, functionName: string, qualifier = '$LATEST') {
  const suffix = qualifier === '$LATEST' ? '' : `:${qualifier}`;
  return lambdaError(
    'ResourceNotFoundException',
    `Function not found: ${functionArn(region, functionName)}${suffix}`,
  );
}
