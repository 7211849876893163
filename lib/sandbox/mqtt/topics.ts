/**
 * Topic names and filters as AWS IoT bounds and reserves them.
 * AWS IoT Core Developer Guide, "MQTT topics", "Reserved topics"; quotas page for the numbers.
 * @module
 */
import { TOPIC_BYTES_MAX, TOPIC_SLASHES_MAX } from '@/lib/sandbox/message-bus';

export type TopicFault = 'too-long' | 'too-many-slashes';

/** The quota that a topic or a filter breaks, if any. Basic ingest's own three levels do not count. */
export function topicFault(topic: string): TopicFault | undefined {
  const counted = topic.replace(/^\$aws\/rules\/[^/]+\//, '');
  if (new TextEncoder().encode(counted).length > TOPIC_BYTES_MAX) return 'too-long';
  return counted.split('/').length - 1 > TOPIC_SLASHES_MAX ? 'too-many-slashes' : undefined;
}

export function isReservedTopic(topic: string): boolean {
  return topic.startsWith('$');
}

const THING = '[a-zA-Z0-9:_-]{1,128}';

/** Request topics that clients may publish to, though they begin with `$`. */
const REQUEST_TOPICS = [
  String.raw`\$aws/things/${THING}/shadow(/name/[$a-zA-Z0-9:_-]{1,64})?/(get|update|delete)`,
  String.raw`\$aws/things/${THING}/jobs/(get|start-next)`,
  String.raw`\$aws/things/${THING}/jobs/[a-zA-Z0-9_$-]{1,64}/(get|update)`,
  String.raw`\$aws/rules/[a-zA-Z0-9_]{1,128}(/.*)?`,
  String.raw`\$aws/certificates/create(-from-csr)?/(json|cbor)`,
  String.raw`\$aws/provisioning-templates/[0-9A-Za-z_-]{1,36}/provision/(json|cbor)`,
];
const REQUEST_TOPIC = new RegExp(`^(${REQUEST_TOPICS.join('|')})$`);

/** Whether a client may publish to a reserved topic at all; policies come on top. */
export function isRequestTopic(topic: string): boolean {
  return REQUEST_TOPIC.test(topic);
}

/** Whether a topic leads to one rule alone, past the subscribers (AWS IoT Core Developer Guide, "Basic Ingest"). */
export function isBasicIngest(topic: string): boolean {
  return topic.startsWith('$aws/rules/');
}
