import type { Authorizer } from './authorizer';
import { sharedParts } from './broker/subscription-tree';
import type { ConnectPacket } from './connect-packet';
import type { Reason } from './reason';
import { isRequestTopic, isReservedTopic, topicFault } from './topics';

/** AWS IoT Core quotas, "Subscriptions per connection". */
const SUBSCRIPTIONS_MAX = 50;
/** AWS names no number; as long as a client id. */
const SHARE_NAME_BYTES_MAX = 128;

/** What one connection may do: AWS's limits first, then its policies. Each question is answered with the refusal, if any. */
export class ClientGuard {
  readonly #authorizer: Authorizer;

  constructor(authorizer: Authorizer) {
    this.#authorizer = authorizer;
  }

  /** Whether the connection may begin; its will is bound by what binds every message. */
  connect(packet: ConnectPacket): Reason | undefined {
    const { will } = packet;
    if (will !== undefined) {
      const limit = will.qos === 2 ? ({ code: 'qos-2-will' } as const) : publishLimit(will);
      if (limit !== undefined) return limit;
    }
    const verdict = this.#authorizer.connect(packet);
    return verdict.ok ? undefined : verdict.reason;
  }

  publish(message: { topic: string; retain: boolean }): Reason | undefined {
    const limit = publishLimit(message);
    if (limit !== undefined) return limit;
    const verdict = this.#authorizer.publish(message);
    return verdict.ok ? undefined : verdict.reason;
  }

  /** @param present - the filters that the connection has already */
  subscribe(filter: string, present: { size: number; has(filter: string): boolean }): Reason | undefined {
    const shared = sharedParts(filter);
    const plain = shared?.filter ?? filter;
    // Group name and `$share` do not count.
    const fault = topicFault(plain);
    if (fault !== undefined) return { code: 'topic-refused', topic: filter, fault };
    if (isReservedTopic(plain) && !plain.startsWith('$aws/')) return { code: 'filter-reserved', filter };
    if (shared !== undefined && /[#+]/.test(shared.group)) return { code: 'filter-reserved', filter };
    if (shared !== undefined && Buffer.byteLength(shared.group) > SHARE_NAME_BYTES_MAX) {
      return { code: 'topic-refused', topic: filter.slice(0, SHARE_NAME_BYTES_MAX), fault: 'too-long' };
    }
    if (present.size >= SUBSCRIPTIONS_MAX && !present.has(filter)) {
      return { code: 'subscriptions-exhausted', filter, subscriptionsMax: SUBSCRIPTIONS_MAX };
    }
    const verdict = this.#authorizer.subscribe(filter);
    return verdict.ok ? undefined : verdict.reason;
  }

  receive(topic: string): Reason | undefined {
    const verdict = this.#authorizer.receive(topic);
    return verdict.ok ? undefined : verdict.reason;
  }
}

/** What no policy can allow. */
function publishLimit({ topic, retain }: { topic: string; retain: boolean }): Reason | undefined {
  const fault = topicFault(topic);
  if (fault !== undefined) return { code: 'topic-refused', topic, fault };
  if (!isReservedTopic(topic)) return undefined;
  if (!isRequestTopic(topic)) return { code: 'topic-reserved', topic };
  return retain ? { code: 'retain-on-reserved-topic', topic } : undefined;
}
