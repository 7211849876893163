import { ApiError, invalidRequest } from '@/lib/sandbox/api-error';
import { TOPIC_BYTES_MAX, TOPIC_SLASHES_MAX } from '@/lib/sandbox/message-bus';
import { isRequestTopic, isReservedTopic, topicFault } from '@/lib/sandbox/mqtt/topics';

/** @throws ApiError InvalidRequestException; ForbiddenException for a reserved topic that asks nothing of a service */
export function checkPublishTopic(topic: string, { retain }: { retain: boolean }): void {
  checkTopicName(topic);
  if (!isReservedTopic(topic)) return;
  if (!isRequestTopic(topic)) {
    throw new ApiError('ForbiddenException', `Publishing to the reserved topic ${topic} is not allowed`);
  }
  if (retain) throw invalidRequest('Messages to reserved topics cannot be retained');
}

/** What a topic to publish to, or to answer on, looks like. */
export function checkTopicName(topic: string): void {
  if (topic === '') throw invalidRequest(`A topic has 1 to ${TOPIC_BYTES_MAX} bytes`);
  if (/[#+\0]/.test(topic)) {
    throw invalidRequest('A topic to publish to has no wildcards and no zero character');
  }
  switch (topicFault(topic)) {
    case 'too-long':
      throw invalidRequest(`A topic has 1 to ${TOPIC_BYTES_MAX} bytes`);
    case 'too-many-slashes':
      throw invalidRequest(`A topic has at most ${TOPIC_SLASHES_MAX} slashes`);
    case undefined:
  }
}
