import type { Delegate } from './broker';
import type { ConnectPacket } from './connect-packet';
import type { ConnectionReporter } from './connection-reporter';
import type { DeviceAuthorizer } from './device-authorizer';
import type { Reason } from './reason';
import { filterMatches, hasWildcard, isRequestTopic, isReservedTopic, topicFault } from './topics';

/** AWS IoT Core quotas, "Subscriptions per connection". */
const SUBSCRIPTIONS_MAX = 50;

/** What the broker asks of one device's connection: AWS's limits first, then the certificate's policies. */
export class DeviceDelegate implements Delegate {
  readonly #authorizer: DeviceAuthorizer;
  readonly #reporter: ConnectionReporter;
  readonly #filters = new Set<string>();

  constructor(authorizer: DeviceAuthorizer, reporter: ConnectionReporter) {
    this.#authorizer = authorizer;
    this.#reporter = reporter;
  }

  /** Whether the connection may begin; its will is bound by what binds every message. */
  connect(packet: ConnectPacket): boolean {
    const refusal = this.#connectRefusal(packet);
    if (refusal !== undefined) this.#reporter.report(refusal);
    return refusal === undefined;
  }

  publish({ topic, retain }: { topic: string; retain: boolean }): 'accept' | 'swallow' | 'close' {
    const limit = publishLimit({ topic, retain });
    if (limit !== undefined) return this.#close(limit);
    const verdict = this.#authorizer.publish({ topic, retain });
    if (!verdict.ok) return this.#close(verdict.reason);
    if (!isReservedTopic(topic)) return 'accept';
    this.#reporter.report({ code: 'topic-not-served', topic });
    return 'swallow';
  }

  subscribe(filter: string): boolean {
    const refusal = this.#subscribeRefusal(filter);
    if (refusal === undefined) {
      this.#filters.add(filter);
      return true;
    }
    this.#reporter.report(refusal);
    return false;
  }

  unsubscribed(filter: string): void {
    this.#filters.delete(filter);
  }

  receive({ topic, retained }: { topic: string; retained: boolean }): boolean {
    // Retained messages come to exact filters only (AWS IoT Core Developer Guide, "Retained messages").
    const wanted = [...this.#filters].some(
      (filter) => filterMatches(filter, topic) && !(retained && hasWildcard(filter)),
    );
    if (!wanted) return false;
    const verdict = this.#authorizer.receive(topic);
    if (!verdict.ok) this.#reporter.report(verdict.reason);
    return verdict.ok;
  }

  failed(error: Error): void {
    // Ended by a refusal that has been explained, or by the peer: neither is news.
    if (/publish refused|connection closed|premature close/i.test(error.message)) return;
    this.#reporter.report({ code: 'packet-refused', fault: error.message });
  }

  #connectRefusal(packet: ConnectPacket): Reason | undefined {
    const limit = packet.will && publishLimit(packet.will);
    if (limit !== undefined) return limit;
    const verdict = this.#authorizer.connect(packet);
    return verdict.ok ? undefined : verdict.reason;
  }

  #subscribeRefusal(filter: string): Reason | undefined {
    const fault = topicFault(filter);
    if (fault !== undefined) return { code: 'topic-refused', topic: filter, fault };
    if (filter.startsWith('$share/')) return { code: 'shared-subscription-unsupported', filter };
    if (isReservedTopic(filter) && !filter.startsWith('$aws/')) return { code: 'filter-reserved', filter };
    if (this.#filters.size >= SUBSCRIPTIONS_MAX && !this.#filters.has(filter)) {
      return { code: 'subscriptions-exhausted', filter, subscriptionsMax: SUBSCRIPTIONS_MAX };
    }
    const verdict = this.#authorizer.subscribe(filter);
    return verdict.ok ? undefined : verdict.reason;
  }

  #close(reason: Reason): 'close' {
    this.#reporter.report(reason);
    return 'close';
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
