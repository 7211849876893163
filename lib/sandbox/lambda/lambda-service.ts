import * as lambda from '@aws-sdk/client-lambda';
import { ApiError } from '@/lib/sandbox/api-error';
import { admitCall } from '@/lib/sandbox/call-admission/admit-call';
import type { Answer } from '@/lib/sandbox/http/answer';
import { statusOfLambdaError } from '@/lib/sandbox/http/error-status';
import { decodeSegment, operationSchemas } from '@/lib/sandbox/http/operation-codec';
import { errorAnswer, RestJsonService, type RestRequest } from '@/lib/sandbox/http/rest-json-service';
import type { Operations } from '@/lib/sandbox/operations/operation';
import type { Scope } from '@/lib/sandbox/scope';
import * as functions from './functions';
import { invoke } from './invoke';
import * as permissions from './permissions';
import * as updates from './update-function';

/** Paths of the service begin with the version of its API. */
export const LAMBDA_PREFIX = '/2015-03-31/';

const service = new RestJsonService(
  operationSchemas(lambda),
  {
    CreateFunction: functions.createFunction,
    GetFunction: functions.getFunction,
    GetFunctionConfiguration: functions.getFunctionConfiguration,
    ListFunctions: functions.listFunctions,
    UpdateFunctionCode: updates.updateFunctionCode,
    UpdateFunctionConfiguration: updates.updateFunctionConfiguration,
    DeleteFunction: functions.deleteFunction,
    AddPermission: permissions.addPermission,
    RemovePermission: permissions.removePermission,
    GetPolicy: permissions.getPolicy,
  } satisfies Operations,
  statusOfLambdaError,
);

/** Every operation of the model, and those that are built. */
export const lambdaOperations = { names: service.names, built: new Set([...service.built, 'Invoke']) };

/** Answers one request to Lambda. */
export async function answerLambda(scope: Scope, request: RestRequest): Promise<Answer> {
  const match = service.find(request.method, request.path);
  if (match?.route.schema.name === 'Invoke') return await answerInvoke(scope, request, match.labels);
  const answer = await service.answer(scope, request);
  // Lambda names a broken constraint of its model otherwise than IoT does.
  const code = answer.headers['x-amzn-errortype'];
  return code === 'InvalidRequestException'
    ? { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': 'ValidationException' } }
    : { ...answer, body: answer.status === 204 ? '' : answer.body };
}

async function answerInvoke(
  scope: Scope,
  { headers, query, body }: RestRequest,
  labels: ReadonlyMap<string, string>,
): Promise<Answer> {
  try {
    await admitCall(scope, 'Invoke');
    return await invoke(scope, {
      FunctionName: decodeSegment(labels.get('FunctionName') ?? ''),
      Qualifier: query.get('Qualifier') ?? undefined,
      InvocationType: headers['x-amz-invocation-type']?.toString(),
      LogType: headers['x-amz-log-type']?.toString(),
      Payload: body,
    });
  } catch (error) {
    if (error instanceof ApiError) return errorAnswer(error, statusOfLambdaError);
    throw error;
  }
}
