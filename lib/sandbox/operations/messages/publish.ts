import type { PublishRequest } from '@aws-sdk/client-iot-data-plane';
import { ApiError, invalidRequest, required } from '@/lib/sandbox/api-error';
import { PAYLOAD_BYTES_MAX } from '@/lib/sandbox/message-bus';
import type { Scope } from '@/lib/sandbox/scope';
import { messageProperties } from './message-properties';
import { checkPublishTopic } from './publish-topic';

/** HTTPS publish; a caller with IAM credentials is asked for no policy of a device, a device was before this. */
export async function publish(scope: Scope, input: PublishRequest): Promise<object> {
  const topic = required(input.topic, 'topic');
  const retain = input.retain === true;
  checkPublishTopic(topic, { retain });
  const payload = payloadOf(input.payload);
  if (payload.length > PAYLOAD_BYTES_MAX) {
    throw new ApiError('RequestEntityTooLargeException', `The payload exceeds ${PAYLOAD_BYTES_MAX} bytes`);
  }
  const qos = input.qos ?? 0;
  if (qos !== 0 && qos !== 1) throw invalidRequest('qos must be 0 or 1');
  const properties = messageProperties(input);
  const expirySeconds = expiryOf(input.messageExpiry);
  const bus = scope.sandbox.messageBus;
  if (!bus) throw new ApiError('ServiceUnavailableException', 'The message broker is not running');
  await bus.publish({
    region: scope.region.name,
    topic,
    payload,
    qos,
    retain,
    ...(properties && { properties }),
    ...(expirySeconds !== undefined && { expirySeconds }),
  });
  return {};
}

/** AWS IoT Core quotas, "Message expiry interval": what is longer is cut by the broker. */
function expiryOf(messageExpiry: number | undefined): number | undefined {
  if (messageExpiry === undefined || messageExpiry > 0) return messageExpiry;
  throw invalidRequest('messageExpiry is a positive number of seconds');
}

/** The SDK's type allows what its client accepts; the REST border reads bytes. */
function payloadOf(payload: PublishRequest['payload']): Uint8Array {
  if (payload === undefined) return new Uint8Array();
  return payload instanceof Uint8Array ? payload : new TextEncoder().encode(String(payload));
}
