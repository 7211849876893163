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
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { pageOf } from '@/lib/sandbox/operations/page';
import type { Scope } from '@/lib/sandbox/scope';
import { checkedNumber } from './check';
import { codePackage } from './code-package';
import { configurationOf } from './function-output';
import { settingsOf } from './function-settings';
import { lambdaError, refuseUnless } from './lambda-error';
import { type FunctionRecord, LambdaTables } from './lambda-tables';
import { functionNameOf, requireFunction } from './require-function';
import { programOf } from './runtime/program';

/** AWS keeps 75 GB; here all of it is in memory and in the journal. */
const STORED_BYTES_MAX = 64 * 1024 * 1024;
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
  const { zipBase64, ...code } = codePackage(bytesOf(input.Code?.ZipFile));
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
    // AWS answers with a signed URL to S3, which the sandbox has not; the package can be had by nobody.
    Code: { RepositoryType: 'S3' },
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

export function updateFunctionCode(scope: Scope, input: UpdateFunctionCodeRequest): FunctionConfiguration {
  const tables = scope.region.family(LambdaTables);
  const known = requireFunction(scope, { FunctionName: input.FunctionName });
  checkRevision(known, input.RevisionId);
  refuseUnless(input.Publish !== true && input.PublishTo === undefined, 'Published versions are');
  const { zipBase64, ...code } = codePackage(bytesOf(input.ZipFile));
  checkStorage(tables, { functionName: known.functionName, codeBytes: code.codeBytes });
  const [architecture = known.architecture] = input.Architectures ?? [];
  const changed = changedNow(scope, { ...known, ...code, architecture });
  if (input.DryRun === true) return configurationOf(scope, changed);
  tables.packages.set(known.functionName, { zipBase64 });
  tables.functions.set(known.functionName, changed);
  return configurationOf(scope, changed);
}

export async function updateFunctionConfiguration(
  scope: Scope,
  input: UpdateFunctionConfigurationRequest,
): Promise<FunctionConfiguration> {
  if (input.Runtime !== undefined) await programOf(input.Runtime);
  const known = requireFunction(scope, { FunctionName: input.FunctionName });
  checkRevision(known, input.RevisionId);
  const changed = changedNow(scope, { ...known, ...settingsOf(scope, input, known) });
  scope.region.family(LambdaTables).functions.set(known.functionName, changed);
  return configurationOf(scope, changed);
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

const changedNow = (scope: Scope, known: FunctionRecord): FunctionRecord => ({
  ...known,
  modifiedAt: scope.now().getTime(),
  revisionId: randomUUID(),
});

/** @throws ApiError PreconditionFailedException */
function checkRevision(known: FunctionRecord, revisionId: string | undefined): void {
  if (revisionId === undefined || revisionId === known.revisionId) return;
  throw lambdaError(
    'PreconditionFailedException',
    'The RevisionId provided does not match the latest RevisionId of the Lambda function. Call the GetFunction API to retrieve the latest RevisionId of your Lambda function.',
  );
}

/** @throws ApiError CodeStorageExceededException */
function checkStorage(
  { functions }: LambdaTables,
  { functionName, codeBytes }: { functionName: string; codeBytes: number },
): void {
  let stored = codeBytes;
  for (const known of functions.values()) if (known.functionName !== functionName) stored += known.codeBytes;
  if (stored > STORED_BYTES_MAX) {
    throw lambdaError(
      'CodeStorageExceededException',
      `Code storage limit exceeded: the sandbox keeps ${STORED_BYTES_MAX} bytes`,
    );
  }
}

const bytesOf = (value: unknown) => (value instanceof Uint8Array ? value : undefined);
