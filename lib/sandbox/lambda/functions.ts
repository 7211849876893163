import { randomUUID } from 'node:crypto';
import type {
  CreateFunctionRequest,
  DeleteFunctionRequest,
  FunctionConfiguration,
  GetFunctionConfigurationRequest,
  GetFunctionRequest,
  GetFunctionResponse,
  ListFunctionsRequest,
  ListFunctionsResponse,
} from '@aws-sdk/client-lambda';
import { pageOf } from '@/lib/sandbox/operations/page';
import type { Scope } from '@/lib/sandbox/scope';
import { checkedNumber } from './check';
import { codePackage } from './code-package';
import { checkStorage } from './code-storage';
import { configurationOf } from './function-output';
import { settingsOf } from './function-settings';
import { lambdaError, refuseUnless } from './lambda-error';
import { type FunctionRecord, LambdaTables } from './lambda-tables';
import { functionNameOf, requireFunction } from './require-function';
import { programOf } from './runtime/program';

const LISTED_MAX = 50;

/** Lambda's defaults; the empty ones have to be given. */
const DEFAULTS = {
  role: '',
  runtime: '',
  handler: '',
  description: '',
  timeoutSeconds: 3,
  memoryMegabytes: 128,
  environment: {},
  ephemeralStorageMegabytes: 512,
} as const;

/** A function that nothing here can run is not made. */
export async function createFunction(
  scope: Scope,
  input: CreateFunctionRequest,
): Promise<FunctionConfiguration> {
  await programOf(input.Runtime ?? '');
  const tables = scope.region.family(LambdaTables);
  const functionName = functionNameOf(scope, input.FunctionName);
  refuseUnless((input.PackageType ?? 'Zip') === 'Zip', 'Container images are');
  refuseUnless(input.Publish !== true && input.PublishTo === undefined, 'Published versions are');
  refuseUnless(!input.CodeSigningConfigArn, 'Code signing is');
  refuseUnless(input.TenancyConfig === undefined, 'Tenant isolation is');
  const settings = settingsOf(scope, input, DEFAULTS);
  const { zipBase64, ...code } = codePackage(input.Code?.ZipFile);
  if (tables.functions.has(functionName)) {
    throw lambdaError('ResourceConflictException', `Function already exist: ${functionName}`);
  }
  checkStorage(tables, { functionName, codeBytes: code.codeBytes });
  const known: FunctionRecord = {
    functionName,
    ...settings,
    ...code,
    architecture: input.Architectures?.[0] === 'arm64' ? 'arm64' : 'x86_64',
    tags: input.Tags ?? {},
    modifiedAt: scope.now().getTime(),
    revisionId: randomUUID(),
    permissions: [],
    policyRevisionId: randomUUID(),
    sequence: scope.region.nextSequence(),
  };
  tables.packages.set(functionName, { zipBase64 });
  tables.functions.set(functionName, known);
  return configurationOf(scope, known);
}

export function getFunction(scope: Scope, input: GetFunctionRequest): GetFunctionResponse {
  const known = requireFunction(scope, { FunctionName: input.FunctionName, Qualifier: input.Qualifier });
  return {
    Configuration: configurationOf(scope, known),
    // AWS answers with a signed URL to S3, which the sandbox has not: it serves the package itself.
    Code: {
      RepositoryType: 'S3',
      Location: scope.sandbox.functionRunner?.packageUrl(scope.region, known.functionName),
    },
    Tags: Object.keys(known.tags).length > 0 ? known.tags : undefined,
  };
}

export function getFunctionConfiguration(
  scope: Scope,
  input: GetFunctionConfigurationRequest,
): FunctionConfiguration {
  const known = requireFunction(scope, { FunctionName: input.FunctionName, Qualifier: input.Qualifier });
  return configurationOf(scope, known);
}

/** By name. `FunctionVersion: ALL` lists the same: there are no other versions. */
export function listFunctions(scope: Scope, input: ListFunctionsRequest): ListFunctionsResponse {
  const size = Math.min(
    checkedNumber('maxItems', input.MaxItems ?? LISTED_MAX, { min: 1, max: 10_000 }),
    LISTED_MAX,
  );
  const functions = [...scope.region.family(LambdaTables).functions.values()];
  functions.sort((a, b) => (a.functionName < b.functionName ? -1 : 1));
  const { items, next } = pageOf(
    scope,
    { of: ['ListFunctions'], token: input.Marker, size },
    { items: functions, keyOf: ({ functionName }) => functionName },
  );
  return { Functions: items.map((known) => configurationOf(scope, known)), NextMarker: next };
}

export function deleteFunction(scope: Scope, input: DeleteFunctionRequest): object {
  const { functionName } = requireFunction(scope, {
    FunctionName: input.FunctionName,
    Qualifier: input.Qualifier,
  });
  const tables = scope.region.family(LambdaTables);
  tables.functions.delete(functionName);
  tables.packages.delete(functionName);
  scope.sandbox.functionRunner?.forget(scope.region, functionName);
  return {};
}
