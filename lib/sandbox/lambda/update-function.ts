import { randomUUID } from 'node:crypto';
import type {
  FunctionConfiguration,
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import type { Scope } from '@/lib/sandbox/scope';
import { codePackage } from './code-package';
import { checkStorage } from './code-storage';
import { configurationOf } from './function-output';
import { settingsOf } from './function-settings';
import { lambdaError, refuseUnless } from './lambda-error';
import { type FunctionRecord, LambdaTables } from './lambda-tables';
import { requireFunction } from './require-function';
import { programOf } from './runtime/program';

export function updateFunctionCode(scope: Scope, input: UpdateFunctionCodeRequest): FunctionConfiguration {
  const tables = scope.region.family(LambdaTables);
  const known = requireFunction(scope, { FunctionName: input.FunctionName });
  checkRevision(known, input.RevisionId);
  refuseUnless(input.Publish !== true && input.PublishTo === undefined, 'Published versions are');
  const { zipBase64, ...code } = codePackage(input.ZipFile);
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
