import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Scope } from '@/lib/sandbox/scope';
import type { FunctionRecord } from './lambda-tables';
import { functionArn } from './require-function';

/** How Lambda describes a function; it can be invoked as soon as it is made. */
export function configurationOf({ region }: Scope, known: FunctionRecord): FunctionConfiguration {
  return {
    FunctionName: known.functionName,
    FunctionArn: functionArn(region, known.functionName),
    // The SDK's union of runtimes is wider than what was checked when the function was made.
    Runtime: known.runtime as FunctionConfiguration['Runtime'] & string,
    Role: known.role,
    Handler: known.handler,
    CodeSize: known.codeBytes,
    Description: known.description,
    Timeout: known.timeoutSeconds,
    MemorySize: known.memoryMegabytes,
    // As Lambda writes it; not ISO 8601's own offset.
    LastModified: new Date(known.modifiedAt).toISOString().replace('Z', '+0000'),
    CodeSha256: known.codeSha256,
    Version: '$LATEST',
    Environment: Object.keys(known.environment).length > 0 ? { Variables: known.environment } : undefined,
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: known.revisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: [known.architecture],
    EphemeralStorage: { Size: known.ephemeralStorageMegabytes },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${known.functionName}` },
  };
}
