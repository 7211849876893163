import { matchesTopicFilter } from '@/lib/aws/diagnosis/matches-topic-filter';

/** Whether a subscription gets what is published to `topic`: `$share/<name>/<filter>` is covered as `<filter>` is (MQTT 5 section 4.8.2). */
export const matchesSubscription = (filter: string, topic: string): boolean =>
  matchesTopicFilter(filter.replace(/^\$share\/[^/]+\//, ''), topic);
