import type {
  GetRetainedMessageRequest,
  GetRetainedMessageResponse,
  ListRetainedMessagesRequest,
  ListRetainedMessagesResponse,
} from '@aws-sdk/client-iot-data-plane';
import { invalidRequest, notFound, required } from '@/lib/sandbox/api-error';
import { RetainedMessages } from '@/lib/sandbox/mqtt/broker/retained-messages';
import { pageOf } from '@/lib/sandbox/operations/page';
import type { Scope } from '@/lib/sandbox/scope';
import { writeUserProperties } from './user-properties';

export function getRetainedMessage(
  scope: Scope,
  input: GetRetainedMessageRequest,
): GetRetainedMessageResponse {
  const topic = required(input.topic, 'topic');
  const row = scope.region.family(RetainedMessages).get(topic, scope.now().getTime());
  if (!row) throw notFound(`No retained message exists for topic: ${topic}`);
  const { userProperties } = row.properties ?? {};
  return {
    topic,
    payload: Buffer.from(row.payloadBase64, 'base64'),
    qos: row.qos,
    lastModifiedTime: row.lastModifiedAt,
    ...(userProperties && { userProperties: Buffer.from(writeUserProperties(userProperties)) }),
  };
}

/** Service model, `MaxResults`. */
const RESULTS_MAX = 200;

/** By topic; AWS documents no order. */
export function listRetainedMessages(
  scope: Scope,
  input: ListRetainedMessagesRequest,
): ListRetainedMessagesResponse {
  const { maxResults: size = RESULTS_MAX, nextToken: token } = input;
  if (size < 1 || size > RESULTS_MAX) throw invalidRequest(`maxResults is from 1 to ${RESULTS_MAX}`);
  const rows = scope.region.family(RetainedMessages).list(scope.now().getTime());
  const { items, next } = pageOf(
    scope,
    { of: ['ListRetainedMessages'], token, size },
    { items: rows.sort((a, b) => (a.topic < b.topic ? -1 : 1)), keyOf: ({ topic }) => topic },
  );
  return {
    retainedTopics: items.map(({ topic, payloadBase64, qos, lastModifiedAt }) => ({
      topic,
      payloadSize: Buffer.byteLength(payloadBase64, 'base64'),
      qos,
      lastModifiedTime: lastModifiedAt,
    })),
    nextToken: next,
  };
}
