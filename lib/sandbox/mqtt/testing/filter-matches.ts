/**
 * Whether a subscription receives a topic, one filter at a time: what trees of filters are held against. Differs from
 * MQTT 3.1.1 section 4.7.1.2 where AWS does: `a/#` does not receive `a`.
 */
export function filterMatches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  // Wildcards in front never reach reserved topics [MQTT-4.7.2-1].
  if (topic.startsWith('$') && (wanted[0] === '#' || wanted[0] === '+')) return false;
  for (const [at, level] of wanted.entries()) {
    if (level === '#') return levels.length > at;
    if (at >= levels.length || (level !== '+' && level !== levels[at])) return false;
  }
  return wanted.length === levels.length;
}
