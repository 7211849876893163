import * as iot from '@aws-sdk/client-iot';
import * as iotData from '@aws-sdk/client-iot-data-plane';
import * as lambda from '@aws-sdk/client-lambda';

/** Errors that AWS answers with although no operation's model declares them, and the sandbox's own. */
const UNMODELLED: readonly [string, number][] = [
  ['AccessDeniedException', 403],
  ['ForbiddenException', 403],
  ['IncompleteSignatureException', 400],
  ['InvalidSignatureException', 403],
  ['UnknownOperationException', 404],
  ['RequestEntityTooLargeException', 413],
  ['UnsupportedMediaTypeException', 415],
  // 501 and not 503: clients do not repeat the call.
  ['NotImplementedException', 501],
];

const statuses = new Map<string, number>([...UNMODELLED, ...modelled(iotData), ...modelled(iot)]);

/** The HTTP status of an error by its name, from the SDK's error schemas; 400 when the model has no other. */
export const statusOfError = (code: string) => statuses.get(code) ?? 400;

const dataPlaneStatuses = new Map(modelled(iotData));

/** The same on the data plane, whose ThrottlingException is 429 and not 400. */
export const statusOfDataPlaneError = (code: string) => dataPlaneStatuses.get(code) ?? statusOfError(code);

const lambdaStatuses = new Map(modelled(lambda));

/** The same for Lambda, which has errors of its own. */
export const statusOfLambdaError = (code: string) => lambdaStatuses.get(code) ?? statusOfError(code);

/** Error schemas are `[-3, namespace, name, {httpError}, …]`. */
function* modelled(client: Readonly<Record<string, unknown>>): Generator<[string, number]> {
  for (const value of Object.values(client)) {
    if (!Array.isArray(value) || value[0] !== -3) continue;
    const [, , name, traits]: unknown[] = value;
    const status =
      typeof traits === 'object' && traits !== null && 'httpError' in traits ? traits.httpError : 400;
    if (typeof name === 'string' && typeof status === 'number') yield [name, status];
  }
}
