import type { PublishRequest } from '@aws-sdk/client-iot-data-plane';
import { ApiError, invalidRequest, required } from '@/lib/sandbox/api-error';
import { PAYLOAD_BYTES_MAX, TOPIC_BYTES_MAX } from '@/lib/sandbox/message-bus';
import type { Scope } from '@/lib/sandbox/scope';

/** AWS IoT Core quotas. */
const TOPIC_SLASHES_MAX = 7;

/** HTTPS publish by an IAM caller: no policy of a device is asked. */
export async function publish(scope: Scope, input: PublishRequest): Promise<object> {
  const topic = required(input.topic, 'topic');
  checkTopic(topic);
  const payload = payloadOf(input.payload);
  if (payload.length > PAYLOAD_BYTES_MAX) {
    throw new ApiError('RequestEntityTooLargeException', `The payload exceeds ${PAYLOAD_BYTES_MAX} bytes`);
  }
  const qos = input.qos ?? 0;
  if (qos !== 0 && qos !== 1) throw invalidRequest('qos must be 0 or 1');
  const bus = scope.sandbox.messageBus;
  if (!bus) throw new ApiError('ServiceUnavailableException', 'The message broker is not running');
  await bus.publish({
    region: scope.region.name,
    topic,
    payload,
    qos,
    retain: input.retain === true,
  });
  return {};
}

function checkTopic(topic: string): void {
  if (topic === '' || Buffer.byteLength(topic) > TOPIC_BYTES_MAX) {
    throw invalidRequest(`A topic has 1 to ${TOPIC_BYTES_MAX} bytes`);
  }
  if (/[#+\0]/.test(topic))
    throw invalidRequest('A topic to publish to has no wildcards and no zero character');
  if (topic.startsWith('$')) {
    throw new ApiError('ForbiddenException', `Publishing to the reserved topic ${topic} is not allowed`);
  }
  if (topic.split('/').length - 1 > TOPIC_SLASHES_MAX) {
    throw invalidRequest(`A topic has at most ${TOPIC_SLASHES_MAX} slashes`);
  }
}

/** The SDK's type allows what its client accepts; the REST border reads bytes. */
function payloadOf(payload: PublishRequest['payload']): Uint8Array {
  if (payload === undefined) return new Uint8Array();
  return payload instanceof Uint8Array ? payload : new TextEncoder().encode(String(payload));
}
