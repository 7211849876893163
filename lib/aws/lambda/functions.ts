/**
 * Functions. Lambda API Reference: GetFunction, GetPolicy, CreateFunction, UpdateFunctionConfiguration, UpdateFunctionCode,
 * AddPermission, RemovePermission, DeleteFunction.
 * @module
 */
import 'server-only';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  type LambdaClient,
  RemovePermissionCommand,
  type Runtime,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { Caller } from '@/lib/aws/call';
import { isNotFound } from '@/lib/aws/or-not-found';
import { toReceipt } from '@/lib/aws/receipt';
import { required } from '@/lib/aws/required';
import type { Failure } from '@/lib/failure';
import type { Receipt } from '@/lib/registry/receipt';
import { ok, type Result } from '@/lib/result';

export type FunctionSettings = {
  name: string;
  description: string;
  runtime: Runtime;
  handler: string;
  roleArn: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
};

export type FunctionDetail = {
  arn: string;
  description: string;
  runtime: string | undefined;
  handler: string | undefined;
  roleArn: string | undefined;
  timeoutSeconds: number | undefined;
  memoryMegabytes: number | undefined;
  /** Base64 of the SHA-256 of the package. */
  codeSha256: string | undefined;
  /** URL from which the package can be had for some minutes. */
  codeLocation: string | undefined;
};

export type FunctionPermission = {
  functionName: string;
  statementId: string;
  ruleArn: string;
  accountId: string;
};

export type FunctionOperations = {
  /** By name or ARN. Undefined: there is no such function. */
  getFunction(name: string): Promise<Result<FunctionDetail | undefined, Failure>>;
  /** The function's policy as text. Undefined: it has none, or is not there. */
  getFunctionPolicy(name: string): Promise<Result<string | undefined, Failure>>;
  createFunction(settings: FunctionSettings, packageZip: Uint8Array): Promise<Result<Receipt, Failure>>;
  updateFunctionConfiguration(settings: FunctionSettings): Promise<Result<Receipt, Failure>>;
  updateFunctionCode(name: string, packageZip: Uint8Array): Promise<Result<Receipt, Failure>>;
  /** Whether AWS is done with the last change: until then it refuses the next (409). */
  isFunctionSettled(name: string): Promise<Result<boolean, Failure>>;
  /** Lets AWS IoT call the function for one rule of one account. AWS refuses a statement id that is there (409). */
  addRulePermission(permission: FunctionPermission): Promise<Result<Receipt, Failure>>;
  removePermission(functionName: string, statementId: string): Promise<Result<Receipt, Failure>>;
  deleteFunction(name: string): Promise<Result<Receipt, Failure>>;
};

export function functionOperations({ call }: Caller<LambdaClient>): FunctionOperations {
  const toInput = (settings: FunctionSettings) => ({
    FunctionName: settings.name,
    Description: settings.description,
    Runtime: settings.runtime,
    Handler: settings.handler,
    Role: settings.roleArn,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memoryMegabytes,
  });
  return {
    async getFunction(name) {
      const answer = await call(
        'GetFunction',
        (lambda, options) => lambda.send(new GetFunctionCommand({ FunctionName: name }), options),
        ({ Configuration, Code }) => ({
          arn: required(Configuration?.FunctionArn, 'FunctionArn'),
          description: Configuration?.Description ?? '',
          runtime: Configuration?.Runtime,
          handler: Configuration?.Handler,
          roleArn: Configuration?.Role,
          timeoutSeconds: Configuration?.Timeout,
          memoryMegabytes: Configuration?.MemorySize,
          codeSha256: Configuration?.CodeSha256,
          codeLocation: Code?.Location,
        }),
      );
      return isNotFound(answer) ? ok(undefined) : answer;
    },

    async getFunctionPolicy(name) {
      const answer = await call(
        'GetPolicy',
        (lambda, options) => lambda.send(new GetPolicyCommand({ FunctionName: name }), options),
        ({ Policy }) => Policy,
      );
      return isNotFound(answer) ? ok(undefined) : answer;
    },

    createFunction: (settings, packageZip) =>
      call(
        'CreateFunction',
        (lambda, options) =>
          lambda.send(
            new CreateFunctionCommand({ ...toInput(settings), Code: { ZipFile: packageZip } }),
            options,
          ),
        toReceipt,
      ),

    updateFunctionConfiguration: (settings) =>
      call(
        'UpdateFunctionConfiguration',
        (lambda, options) => lambda.send(new UpdateFunctionConfigurationCommand(toInput(settings)), options),
        toReceipt,
      ),

    updateFunctionCode: (name, packageZip) =>
      call(
        'UpdateFunctionCode',
        (lambda, options) =>
          lambda.send(new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile: packageZip }), options),
        toReceipt,
      ),

    isFunctionSettled: (name) =>
      call(
        'GetFunctionConfiguration',
        (lambda, options) =>
          lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }), options),
        ({ State, LastUpdateStatus }) => State !== 'Pending' && LastUpdateStatus !== 'InProgress',
      ),

    addRulePermission: ({ functionName, statementId, ruleArn, accountId }) =>
      call(
        'AddPermission',
        (lambda, options) =>
          lambda.send(
            new AddPermissionCommand({
              FunctionName: functionName,
              StatementId: statementId,
              Action: 'lambda:InvokeFunction',
              Principal: 'iot.amazonaws.com',
              SourceArn: ruleArn,
              SourceAccount: accountId,
            }),
            options,
          ),
        toReceipt,
      ),

    removePermission: (functionName, statementId) =>
      call(
        'RemovePermission',
        (lambda, options) =>
          lambda.send(
            new RemovePermissionCommand({ FunctionName: functionName, StatementId: statementId }),
            options,
          ),
        toReceipt,
      ),

    deleteFunction: (name) =>
      call(
        'DeleteFunction',
        (lambda, options) => lambda.send(new DeleteFunctionCommand({ FunctionName: name }), options),
        toReceipt,
      ),
  };
}
