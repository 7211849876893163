import { randomUUID } from 'node:crypto';
import type {
  DeleteThingShadowRequest,
  DeleteThingShadowResponse,
  GetThingShadowRequest,
  GetThingShadowResponse,
  ListNamedShadowsForThingRequest,
  ListNamedShadowsForThingResponse,
  UpdateThingShadowRequest,
  UpdateThingShadowResponse,
} from '@aws-sdk/client-iot-data-plane';
import { ApiError, invalidRequest, required } from '@/lib/sandbox/api-error';
import { mayAskShadow } from '@/lib/sandbox/call-admission/device-rates';
import { throttled } from '@/lib/sandbox/call-admission/request-rates';
import type { Operations } from '@/lib/sandbox/operations/operation';
import { pageOf } from '@/lib/sandbox/operations/page';
import type { Scope } from '@/lib/sandbox/scope';
import type { ShadowFault } from '@/lib/sandbox/shadows/read-update';
import { publishDocuments } from './publish-documents';
import * as requests from './shadow-requests';
import { type ShadowName, ShadowTables } from './shadow-tables';
import { utf8 } from './utf8';

function getThingShadow(scope: Scope, input: GetThingShadowRequest): GetThingShadowResponse {
  const name = counted(scope, nameOf(input));
  return { payload: body(accepted(requests.getShadow(scope, name))) };
}

/** Devices hear of it as if it had come by MQTT. */
function updateThingShadow(scope: Scope, input: UpdateThingShadowRequest): UpdateThingShadowResponse {
  const name = counted(scope, nameOf(input));
  const payload = utf8(required(input.payload, 'payload'));
  if (payload === undefined) {
    throw apiError({ code: 415, message: 'Unsupported documented encoding; supported encoding is UTF-8' });
  }
  const answer = accepted(requests.updateShadow(scope, name, payload));
  void publishDocuments(scope, name, [
    { topic: 'update/accepted', document: answer.document },
    ...answer.events,
  ]);
  return { payload: body(answer) };
}

function deleteThingShadow(scope: Scope, input: DeleteThingShadowRequest): DeleteThingShadowResponse {
  const name = counted(scope, nameOf(input));
  const answer = accepted(requests.deleteShadow(scope, name));
  void publishDocuments(scope, name, [{ topic: 'delete/accepted', document: answer.document }]);
  return { payload: body(answer) };
}

/** Service model, `PageSize`. */
const PAGE_SIZE_MAX = 100;

function listNamedShadowsForThing(
  scope: Scope,
  input: ListNamedShadowsForThingRequest,
): ListNamedShadowsForThingResponse {
  const { thingName } = counted(scope, nameOf({ thingName: input.thingName }));
  if (input.pageSize !== undefined && (input.pageSize < 1 || input.pageSize > PAGE_SIZE_MAX)) {
    throw invalidRequest(`pageSize is from 1 to ${PAGE_SIZE_MAX}`);
  }
  const shadows = scope.region.family(ShadowTables).namedShadowsOf(thingName);
  const names = shadows.map(({ shadowName }) => shadowName).sort();
  const { items, next } = pageOf(
    scope,
    { of: ['ListNamedShadowsForThing', thingName], token: input.nextToken, size: input.pageSize },
    { items: names, keyOf: (name) => name },
  );
  return { results: items, nextToken: next, timestamp: requests.epochSeconds(scope) };
}

/** Service model, `ThingName` and `ShadowName`. */
const THING_NAME = /^[a-zA-Z0-9:_-]{1,128}$/;
const SHADOW_NAME = /^[$a-zA-Z0-9:_-]{1,64}$/;

function nameOf(input: { thingName: string | undefined; shadowName?: string | undefined }): ShadowName {
  const thingName = required(input.thingName, 'thingName');
  const { shadowName } = input;
  if (!THING_NAME.test(thingName)) throw invalidRequest(`Invalid thing name: ${thingName}`);
  if (shadowName !== undefined && !SHADOW_NAME.test(shadowName)) {
    throw invalidRequest(`Invalid shadow name: ${shadowName}`);
  }
  return { thingName, shadowName: shadowName ?? '' };
}

/** @throws ApiError ThrottlingException */
function counted(scope: Scope, name: ShadowName): ShadowName {
  if (mayAskShadow(scope, name.thingName)) return name;
  throw throttled();
}

function accepted(outcome: requests.ShadowOutcome): requests.ShadowAnswer {
  if (outcome.ok) return outcome.value;
  throw apiError(outcome.failure);
}

const ERROR_NAMES = {
  400: 'InvalidRequestException',
  404: 'ResourceNotFoundException',
  409: 'ConflictException',
  413: 'RequestEntityTooLargeException',
  415: 'UnsupportedDocumentEncodingException',
  429: 'ThrottlingException',
} as const satisfies Record<ShadowFault['code'], string>;

const apiError = ({ code, message }: ShadowFault) =>
  new ApiError(ERROR_NAMES[code], message, { traceId: randomUUID() });

const body = ({ document }: requests.ShadowAnswer) => Buffer.from(JSON.stringify(document));

export const shadowOperations = {
  GetThingShadow: getThingShadow,
  UpdateThingShadow: updateThingShadow,
  DeleteThingShadow: deleteThingShadow,
  ListNamedShadowsForThing: listNamedShadowsForThing,
} satisfies Operations;
