import type { CreateFunctionRequest, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda';

import type { Scope } from '@/lib/sandbox/scope';
import { checkedNumber, checkedText } from './check';
import { checkExecutionRole } from './execution-role';
import { invalidParameter, refuseUnless } from './lambda-error';
import type { FunctionRecord } from './lambda-tables';

/** Service model and "Lambda quotas". */
const ROLE = /^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/;
const HANDLER = /^[^\s]+$/;
const TIMEOUT_SECONDS_MAX = 900;
const ENVIRONMENT_BYTES_MAX = 4096;
const ENVIRONMENT_NAME = /^[a-zA-Z]([a-zA-Z0-9_])+$/;
/** Lambda's own variables, which a function's configuration may not set (Developer Guide, "Defined runtime environment variables"). */
const RESERVED_NAME = /^(AWS_(?!XRAY|EC2_METADATA)|_HANDLER$|_X_AMZN|LAMBDA_(TASK|RUNTIME))/;

type Settings = Pick<
  FunctionRecord,
  | 'role'
  | 'runtime'
  | 'handler'
  | 'description'
  | 'timeoutSeconds'
  | 'memoryMegabytes'
  | 'environment'
  | 'ephemeralStorageMegabytes'
>;

/**
 * The settings of a function as a request leaves them; what it does not name stays as in `before`.
 *
 * @throws ApiError ValidationException, InvalidParameterValueException
 */
export function settingsOf(
  scope: Scope,
  input: CreateFunctionRequest | UpdateFunctionConfigurationRequest,
  before: Settings,
): Settings {
  refuseFeatures(input);
  const settings: Settings = {
    role: checkedText('role', input.Role ?? before.role, { pattern: ROLE }),
    runtime: input.Runtime ?? before.runtime,
    handler: checkedText('handler', input.Handler ?? before.handler, { pattern: HANDLER, max: 128 }),
    description: checkedText('description', input.Description ?? before.description, { max: 256 }),
    timeoutSeconds: checkedNumber('timeout', input.Timeout ?? before.timeoutSeconds, {
      min: 1,
      max: TIMEOUT_SECONDS_MAX,
    }),
    memoryMegabytes: checkedNumber('memorySize', input.MemorySize ?? before.memoryMegabytes, {
      min: 128,
      max: 10_240,
    }),
    environment: input.Environment ? environmentOf(input.Environment.Variables ?? {}) : before.environment,
    ephemeralStorageMegabytes: checkedNumber(
      'ephemeralStorage.size',
      input.EphemeralStorage?.Size ?? before.ephemeralStorageMegabytes,
      { min: 512, max: 10_240 },
    ),
  };
  if (settings.role !== before.role) checkExecutionRole(scope, settings.role);
  return settings;
}

function refuseFeatures(input: CreateFunctionRequest | UpdateFunctionConfigurationRequest): void {
  refuseUnless(!input.VpcConfig?.SubnetIds?.length && !input.VpcConfig?.SecurityGroupIds?.length, 'A VPC is');
  refuseUnless(!input.DeadLetterConfig?.TargetArn, 'A dead-letter queue is');
  refuseUnless(!input.KMSKeyArn, 'A KMS key is');
  refuseUnless(!input.Layers?.length, 'Layers are');
  refuseUnless(!input.FileSystemConfigs?.length, 'File systems are');
  refuseUnless(input.ImageConfig === undefined, 'Container images are');
  refuseUnless((input.SnapStart?.ApplyOn ?? 'None') === 'None', 'SnapStart is');
  refuseUnless(input.CapacityProviderConfig === undefined, 'A capacity provider is');
  refuseUnless(input.DurableConfig === undefined, 'Durable execution is');
  refuseUnless(input.LoggingConfig === undefined, 'A logging configuration is');
}

/** @throws ApiError InvalidParameterValueException */
function environmentOf(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const name of Object.keys(variables)) {
    checkedText('environment.variables', name, { pattern: ENVIRONMENT_NAME });
    if (RESERVED_NAME.test(name)) {
      throw invalidParameter(
        `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${name}`,
      );
    }
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > ENVIRONMENT_BYTES_MAX) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.`,
    );
  }
  return variables;
}
