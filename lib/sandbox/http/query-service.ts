/**
 * IAM and STS: the AWS Query protocol, a form in and XML out.
 * @module
 */
import * as iam from '@aws-sdk/client-iam';
import * as sts from '@aws-sdk/client-sts';
import { ApiError } from '@/lib/sandbox/api-error';
import { admitCall } from '@/lib/sandbox/call-admission/admit-call';
import { iamOperations } from '@/lib/sandbox/iam/iam-operations';
import type { QueryOperation } from '@/lib/sandbox/iam/query-operation';
import { QueryParameters } from '@/lib/sandbox/iam/query-parameters';
import { element } from '@/lib/sandbox/iam/xml';
import type { Scope } from '@/lib/sandbox/scope';
import { assumeRole } from '@/lib/sandbox/sts/assume-role';
import { getCallerIdentity } from '@/lib/sandbox/sts/get-caller-identity';
import type { Answer } from './answer';
import { operationNames } from './operation-codec';

type QueryService = {
  namespace: string;
  version: string;
  /** Every operation of the model. */
  names: ReadonlySet<string>;
  /** Those that are built. */
  built: ReadonlySet<string>;
  operations: ReadonlyMap<string, QueryOperation>;
};

export const iamService: QueryService = {
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  version: '2010-05-08',
  names: operationNames(iam),
  ...builtOf(iamOperations),
};

export const stsService: QueryService = {
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  version: '2011-06-15',
  names: operationNames(sts),
  ...builtOf({ AssumeRole: assumeRole, GetCallerIdentity: getCallerIdentity }),
};

function builtOf(operations: Readonly<Record<string, QueryOperation>>) {
  return { built: new Set(Object.keys(operations)), operations: new Map(Object.entries(operations)) };
}

/** The service that a request without a signature means, by the API version it names. */
export const queryServiceOfVersion = (version: string | null) =>
  [iamService, stsService].find((service) => service.version === version);

/** @throws ApiError */
export async function answerQuery(
  service: QueryService,
  { scope, form, requestId }: { scope: Scope; form: URLSearchParams; requestId: string },
): Promise<Answer> {
  const action = form.get('Action') ?? '';
  if (!service.names.has(action)) {
    throw new ApiError('InvalidAction', `Could not find operation ${action.slice(0, 64)}`);
  }
  const operation = service.operations.get(action);
  if (!operation) throw new ApiError('NotImplemented', `The sandbox does not implement ${action}`);
  await admitCall(scope, action);
  const result = operation(scope, new QueryParameters(form));
  const body = `${element(`${action}Result`, result)}${element('ResponseMetadata', { RequestId: requestId })}`;
  return xml(200, `<${action}Response xmlns="${service.namespace}">${body}</${action}Response>`);
}

const STATUSES = new Map([
  ['AccessDenied', 403],
  ['ExpiredToken', 403],
  ['NoSuchEntity', 404],
  ['EntityAlreadyExists', 409],
  ['DeleteConflict', 409],
  ['LimitExceeded', 409],
  ['NotImplemented', 501],
  ['InternalFailure', 500],
]);

/** "Common error types" of IAM and STS: what every service has, they name without `Exception`. */
const QUERY_CODES = new Map([
  ['ThrottlingException', 'Throttling'],
  ['InternalFailureException', 'InternalFailure'],
]);

export function queryErrorAnswer(error: ApiError, requestId: string): Answer {
  const code = QUERY_CODES.get(error.code) ?? error.code;
  const status = STATUSES.get(code) ?? 400;
  const type = status >= 500 ? 'Receiver' : 'Sender';
  const body = element('Error', { Type: type, Code: code, Message: error.message });
  return xml(status, `<ErrorResponse>${body}${element('RequestId', requestId)}</ErrorResponse>`);
}

const xml = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});
