import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '@/lib/sandbox/api-error';
import { answerLambda, LAMBDA_PREFIX } from '@/lib/sandbox/lambda/lambda-service';
import { TRACE_HEADER } from '@/lib/sandbox/lambda/trace-header';
import { inChain } from '@/lib/sandbox/rules/message-chain';
import type { Scope } from '@/lib/sandbox/scope';
import type { Answer } from './answer';
import { CONTROL_PREFIX, type ControlSettings } from './control/control-route';
import { answerControl } from './control/control-routes';
import { type CredentialScope, credentialScope } from './credential-scope';
import { iotDataService, iotService } from './iot-services';
import { cloudtrailService } from './json-rpc-services';
import { parsedTarget } from './parsed-target';
import {
  answerQuery,
  iamService,
  queryErrorAnswer,
  queryServiceOfVersion,
  stsService,
} from './query-service';
import { errorAnswer, type RestRequest } from './rest-json-service';

export type HttpRequest = {
  method: string;
  /** As it stands in the request line. */
  target: string;
  headers: IncomingHttpHeaders;
  requestId: string;
  readBody(): Promise<Buffer>;
  /** Told when the client has gone before its answer. */
  onGone(listener: () => void): void;
};

export type ApiSettings = ControlSettings;

/**
 * Answers one request that has passed the guard. Errors of AWS become answers, in the wire form of the service that was
 * meant; a thrown error is a bug. What the answer says is durable when it comes.
 */
export async function answerRequest(settings: ApiSettings, request: HttpRequest): Promise<Answer> {
  let isQuery = false;
  let release: (() => void) | undefined;
  try {
    const { path, query } = parsedTarget(request.target);
    if (path.startsWith(CONTROL_PREFIX)) {
      return await answerControl(settings, { ...request, path, query });
    }
    isQuery = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
    const credential = credentialScope(request.headers.authorization, query);
    isQuery ||= credential.service === 'iam' || credential.service === 'sts';
    const { method, headers } = request;
    const rest = { method, headers, path, query, body: await uncompressedBody(request) };
    const scope = scopeOf(settings, credential);
    release = scope.region.hold();
    const chain = settings.state.functionRunner?.chainOf(headers[TRACE_HEADER]);
    const { requestId } = request;
    return await inChain(chain, () => answerService(credential, { scope, rest, requestId }));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return isQuery ? queryErrorAnswer(error, request.requestId) : errorAnswer(error);
  } finally {
    release?.();
    await settings.state.durable();
  }
}

type ServiceRequest = { scope: Scope; rest: RestRequest; requestId: string };

function answerService(
  { service }: CredentialScope,
  { scope, rest, requestId }: ServiceRequest,
): Answer | Promise<Answer> {
  switch (service) {
    case 'iot':
      return iotService.answer(scope, rest);
    case 'iotdata':
    case 'iotdevicegateway':
      return iotDataService.answer(scope, rest);
    case 'iam':
      return answerQuery(iamService, { scope, form: formOf(rest), requestId });
    case 'lambda':
      return answerLambda(scope, rest);
    case 'sts':
      return answerQuery(stsService, { scope, form: formOf(rest), requestId });
    case 'cloudtrail':
      return cloudtrailService.answer(scope, rest);
    case undefined:
      return answerUnsigned({ scope, rest, requestId });
    default:
      throw new ApiError('NotImplementedException', `The sandbox does not offer the service ${service}`);
  }
}

/** Without a signature, as from curl: a form to the root is IAM's or STS's, otherwise the path tells. */
function answerUnsigned({ scope, rest, requestId }: ServiceRequest): Answer | Promise<Answer> {
  if (rest.path === '/') {
    const form = formOf(rest);
    const service = queryServiceOfVersion(form.get('Version'));
    if (service) return answerQuery(service, { scope, form, requestId });
  }
  if (rest.path.startsWith(LAMBDA_PREFIX)) return answerLambda(scope, rest);
  const isControlPlane = iotService.find(rest.method, rest.path) !== undefined;
  return (isControlPlane ? iotService : iotDataService).answer(scope, rest);
}

const READS = /^(?:Get|List|Simulate)/;

/**
 * Query services take their parameters from the body or, with GET, from the query string. AWS takes changes by GET as well; here they
 * need POST, because an image in a web page is a GET that some browsers do not mark.
 *
 * @throws ApiError AccessDenied
 */
function formOf({ method, query, body }: RestRequest): URLSearchParams {
  if (method === 'POST') return new URLSearchParams(body.toString('utf8'));
  if (READS.test(query.get('Action') ?? '')) return query;
  throw new ApiError('AccessDenied', 'The sandbox takes changes by POST only');
}

function scopeOf({ state, now }: ApiSettings, { region, accessKeyId }: CredentialScope): Scope {
  return { sandbox: state, region: state.region(region), accountId: state.accountId, accessKeyId, now };
}

function uncompressedBody(request: HttpRequest): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return request.readBody();
  throw new ApiError('UnsupportedMediaTypeException', 'Compressed bodies are not supported');
}
