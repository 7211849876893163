/**
 * Topic names and filters that AWS IoT takes, so that a fault is said before anything is sent.
 * MQTT 5 section 4.7; AWS IoT Core Developer Guide, "MQTT topics", "Reserved topics"; quotas page for the numbers.
 * @module
 */

/** AWS IoT has no QoS 2 (AWS IoT Core Developer Guide, "MQTT"). */
export type MqttQos = 0 | 1;

export const TOPIC_BYTES_MAX = 256;
export const TOPIC_SLASHES_MAX = 7;
/** Of a payload: 128 KB (quotas page, "Message broker limits"). */
export const PAYLOAD_BYTES_MAX = 128 * 1024;

export type TopicFault = 'empty' | 'too-long' | 'too-many-slashes' | 'wildcard' | 'zero' | 'share-group';

/** What is wrong with a name to publish to. */
export function topicFault(topic: string): TopicFault | undefined {
  return /[+#]/.test(topic) ? 'wildcard' : commonFault(topic);
}

/** What is wrong with a filter to subscribe to: `+` stands for one whole level, `#` for all that follow, at the end. */
export function topicFilterFault(filter: string): TopicFault | undefined {
  const share = /^\$share\/([^/]*)(\/?)/.exec(filter);
  if (share !== null && (share[1] === '' || share[2] === '' || /[+#]/.test(share[1] ?? '')))
    return 'share-group';
  const shared = filter.slice(share?.[0].length ?? 0);
  const levels = shared.split('/');
  const isMisplaced = levels.some(
    (level, index) =>
      (level.includes('+') && level !== '+') ||
      (level.includes('#') && (level !== '#' || index < levels.length - 1)),
  );
  return isMisplaced ? 'wildcard' : commonFault(shared);
}

function commonFault(topic: string): TopicFault | undefined {
  // Basic ingest's own three levels do not count.
  const counted = topic.replace(/^\$aws\/rules\/[^/]+\//, '');
  if (topic === '') return 'empty';
  if (topic.includes('\0')) return 'zero';
  if (new TextEncoder().encode(counted).length > TOPIC_BYTES_MAX) return 'too-long';
  return counted.split('/').length - 1 > TOPIC_SLASHES_MAX ? 'too-many-slashes' : undefined;
}
