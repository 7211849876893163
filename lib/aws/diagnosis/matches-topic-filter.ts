/**
 * Whether an MQTT topic filter covers a topic (MQTT 3.1.1 §4.7): `+` is one level, `#` all that follow; a wildcard in
 * the first level covers no topic that begins with `$`.
 */
export function matchesTopicFilter(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  if (topic.startsWith('$') && (wanted[0] === '+' || wanted[0] === '#')) return false;
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true;
    if (index >= levels.length || (level !== '+' && level !== levels[index])) return false;
  }
  return wanted.length === levels.length;
}
