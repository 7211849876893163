/**
 * Topics that one would have to look up. AWS IoT Core Developer Guide, "Lifecycle events", "Reserved topics",
 * "Register a client certificate when the client connects".
 * @module
 */

export const TOPIC_SHORTCUTS = ['registered', 'presence', 'connectFailed', 'subscriptions'] as const;
export const THING_SHORTCUTS = ['own', 'shadow', 'thingPresence'] as const;
export type TopicShortcut = (typeof TOPIC_SHORTCUTS)[number] | (typeof THING_SHORTCUTS)[number];

/** @param thing - the name of a thing, which is its client id as well where templates follow AWS's example */
export function filterOf(shortcut: TopicShortcut, thing: string): string {
  switch (shortcut) {
    case 'registered':
      return '$aws/events/certificates/registered/+';
    case 'presence':
      return '$aws/events/presence/+/+';
    case 'connectFailed':
      return '$aws/events/presence/connect_failed/+';
    case 'subscriptions':
      return '$aws/events/subscriptions/+/+';
    case 'own':
      return `${thing}/#`;
    case 'shadow':
      return `$aws/things/${thing}/shadow/#`;
    case 'thingPresence':
      return `$aws/events/presence/+/${thing}`;
  }
}
