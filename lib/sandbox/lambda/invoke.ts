/**
 * Invoke, whose answer is the payload itself with the rest in headers. Lambda API Reference, "Invoke".
 * @module
 */
import { ApiError } from '@/lib/sandbox/api-error';
import type { Answer } from '@/lib/sandbox/http/answer';
import type { Scope } from '@/lib/sandbox/scope';
import { checkedText } from './check';
import { lambdaError } from './lambda-error';
import { requireFunction } from './require-function';

/** Lambda quotas, "Invocation payload": asynchronous events; synchronous ones are bounded by the API's body. */
const EVENT_BYTES_MAX = 262_144;
/** API Reference: the last 4 KB of the log. */
const TAIL_BYTES_MAX = 4096;

type InvokeInput = {
  FunctionName?: string | undefined;
  Qualifier?: string | undefined;
  InvocationType?: string | undefined;
  LogType?: string | undefined;
  Payload?: Uint8Array | undefined;
};

/** @throws ApiError */
export async function invoke(scope: Scope, input: InvokeInput): Promise<Answer> {
  const { InvocationType = 'RequestResponse', LogType = 'None' } = input;
  checkedText('invocationType', InvocationType, { pattern: /^(Event|RequestResponse|DryRun)$/ });
  checkedText('logType', LogType, { pattern: /^(None|Tail)$/ });
  const known = requireFunction(scope, input);
  const event = eventOf(input.Payload);
  const { functionRunner } = scope.sandbox;
  if (!functionRunner) throw new ApiError('ServiceException', 'The sandbox does not run functions yet');
  if (InvocationType === 'DryRun') return answer(204, '', {});
  if (InvocationType === 'Event') {
    if (Buffer.byteLength(event) > EVENT_BYTES_MAX) {
      throw lambdaError(
        'RequestTooLargeException',
        `${Buffer.byteLength(event)} byte payload is too large for the Event invocation type (limit ${EVENT_BYTES_MAX} bytes)`,
      );
    }
    functionRunner.queue(scope.region, known, event);
    return answer(202, '', {});
  }
  const { payload, isError, log } = await functionRunner.invoke(scope.region, known, event);
  const tail = Buffer.from(log).subarray(-TAIL_BYTES_MAX).toString('base64');
  return answer(200, payload, {
    'x-amz-executed-version': '$LATEST',
    ...(isError ? { 'x-amz-function-error': 'Unhandled' } : {}),
    ...(LogType === 'Tail' ? { 'x-amz-log-result': tail } : {}),
  });
}

const answer = (status: number, body: string, headers: Readonly<Record<string, string>>): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body,
});

/** The event as JSON text; without a payload an empty object. @throws ApiError InvalidRequestContentException */
function eventOf(payload: Uint8Array | undefined): string {
  if (!payload || payload.length === 0) return '{}';
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    JSON.parse(text);
    return text;
  } catch {
    throw lambdaError(
      'InvalidRequestContentException',
      'Could not parse request body into json: the payload is not JSON',
    );
  }
}
