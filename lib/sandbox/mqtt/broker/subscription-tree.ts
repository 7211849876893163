/**
 * Who has subscribed to what, level by level, so that a message costs no more than its topic has levels and takers.
 * AWS IoT Core Developer Guide, "MQTT topics" (`a/#` does not match `a`), "Shared subscriptions".
 * @module
 */
import { isReservedTopic } from '@/lib/sandbox/mqtt/topics';

export type SubscriptionOptions = {
  qos: 0 | 1;
  /** MQTT 5: not what the same client published. */
  noLocal: boolean;
  /** MQTT 5: the RETAIN flag stays as it was published. */
  retainAsPublished: boolean;
};

/** Subscribers who take turns. */
export type SharedGroup<Subscriber> = Map<Subscriber, SubscriptionOptions>;

type Level<Subscriber> = {
  below: Map<string, Level<Subscriber>>;
  subscribers: Map<Subscriber, SubscriptionOptions>;
  groups: Map<string, SharedGroup<Subscriber>>;
};

export type Takers<Subscriber> = {
  /** Once each, with the most that one of its filters grants. */
  subscribers: Map<Subscriber, SubscriptionOptions>;
  groups: SharedGroup<Subscriber>[];
};

const SHARED = /^\$share\/([^/]+)\/(.+)$/s;

/** The parts of `$share/<group>/<filter>`, or undefined when the filter is not shared. */
export function sharedParts(filter: string): { group: string; filter: string } | undefined {
  const [, group, shared] = SHARED.exec(filter) ?? [];
  return group === undefined || shared === undefined ? undefined : { group, filter: shared };
}

export class SubscriptionTree<Subscriber> {
  readonly #root: Level<Subscriber> = makeLevel();

  /** @param filter - as the client named it, `$share/…` included */
  set(filter: string, subscriber: Subscriber, options: SubscriptionOptions): void {
    const shared = sharedParts(filter);
    let level = this.#root;
    for (const name of (shared?.filter ?? filter).split('/')) {
      const next = level.below.get(name) ?? makeLevel<Subscriber>();
      level.below.set(name, next);
      level = next;
    }
    if (shared === undefined) {
      level.subscribers.set(subscriber, options);
      return;
    }
    const group = level.groups.get(shared.group) ?? new Map<Subscriber, SubscriptionOptions>();
    level.groups.set(shared.group, group.set(subscriber, options));
  }

  delete(filter: string, subscriber: Subscriber): void {
    const shared = sharedParts(filter);
    const path: { level: Level<Subscriber>; name: string }[] = [];
    let level = this.#root;
    for (const name of (shared?.filter ?? filter).split('/')) {
      const next = level.below.get(name);
      if (next === undefined) return;
      path.push({ level, name });
      level = next;
    }
    if (shared === undefined) level.subscribers.delete(subscriber);
    else {
      const group = level.groups.get(shared.group);
      group?.delete(subscriber);
      if (group?.size === 0) level.groups.delete(shared.group);
    }
    // Levels that nobody needs any more go, so that filters that come and go leave nothing behind.
    for (const step of path.reverse()) {
      const below = step.level.below.get(step.name);
      if (below === undefined || !isEmpty(below)) return;
      step.level.below.delete(step.name);
    }
  }

  takersOf(topic: string): Takers<Subscriber> {
    const takers: Takers<Subscriber> = { subscribers: new Map(), groups: [] };
    const names = topic.split('/');
    // Wildcards in front never reach reserved topics [MQTT-4.7.2-1].
    this.#collect(this.#root, { names, at: 0, wildcards: !isReservedTopic(topic), takers });
    return takers;
  }

  #collect(level: Level<Subscriber>, search: Search<Subscriber>): void {
    const { names, at, wildcards, takers } = search;
    const name = names[at];
    if (name === undefined) {
      addTakers(level, takers);
      return;
    }
    const rest = wildcards ? level.below.get('#') : undefined;
    if (rest !== undefined) addTakers(rest, takers);
    const further = { names, at: at + 1, wildcards: true, takers };
    const exact = level.below.get(name);
    if (exact !== undefined) this.#collect(exact, further);
    const any = wildcards ? level.below.get('+') : undefined;
    if (any !== undefined) this.#collect(any, further);
  }
}

type Search<Subscriber> = {
  names: readonly string[];
  at: number;
  wildcards: boolean;
  takers: Takers<Subscriber>;
};

function makeLevel<Subscriber>(): Level<Subscriber> {
  return { below: new Map(), subscribers: new Map(), groups: new Map() };
}

function isEmpty({ below, subscribers, groups }: Level<unknown>): boolean {
  return below.size === 0 && subscribers.size === 0 && groups.size === 0;
}

function addTakers<Subscriber>(level: Level<Subscriber>, takers: Takers<Subscriber>): void {
  for (const [subscriber, options] of level.subscribers) {
    const other = takers.subscribers.get(subscriber);
    takers.subscribers.set(subscriber, other === undefined ? options : widest(options, other));
  }
  // One by one: there may be more than a call has room for arguments.
  for (const group of level.groups.values()) takers.groups.push(group);
}

function widest(one: SubscriptionOptions, other: SubscriptionOptions): SubscriptionOptions {
  return {
    qos: one.qos === 1 || other.qos === 1 ? 1 : 0,
    noLocal: one.noLocal && other.noLocal,
    retainAsPublished: one.retainAsPublished || other.retainAsPublished,
  };
}
