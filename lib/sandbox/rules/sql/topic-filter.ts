import { TOPIC_BYTES_MAX, TOPIC_SLASHES_MAX } from '@/lib/sandbox/message-bus';

/** What is wrong with a rule's topic filter, in a sentence: it is bounded as a topic is. MQTT 3.1.1 section 4.7. */
export function topicFilterFault(filter: string): string | undefined {
  if (filter === '') return 'The topic filter is empty';
  if (new TextEncoder().encode(filter).length > TOPIC_BYTES_MAX) {
    return `The topic filter is longer than ${TOPIC_BYTES_MAX} bytes`;
  }
  if (filter.includes('\0')) return 'The topic filter has a zero character';
  const levels = filter.split('/');
  if (levels.length - 1 > TOPIC_SLASHES_MAX)
    return `The topic filter has more than ${TOPIC_SLASHES_MAX} slashes`;
  // Guide, "Basic Ingest": rules cannot subscribe to its topics.
  if (filter.startsWith('$aws/rules/')) return 'A rule cannot subscribe to the topics of basic ingest';
  for (const [at, level] of levels.entries()) {
    if (level.includes('#') && (level !== '#' || at !== levels.length - 1)) {
      return "'#' stands alone, as the last level of a topic filter";
    }
    if (level.includes('+') && level !== '+') return "'+' stands alone in its level of a topic filter";
  }
  return undefined;
}
