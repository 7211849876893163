/** The broker with a clock of its own and connections that only take notes. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ByteBudget } from '@/lib/sandbox/mqtt/byte-budget';
import { Table } from '@/lib/sandbox/state/table';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Broker } from './broker';
import type { Message } from './message';
import type { Delivery } from './outbox';
import { RetainedMessages } from './retained-messages';
import type { Session, SessionLink } from './session';

const MINUTE_MS = 60_000;

let broker: Broker;
let retained: RetainedMessages;
let held: ByteBudget;
let table: { clear(): void };
beforeEach(() => {
  vi.useFakeTimers();
  retained = new RetainedMessages({
    table<Row extends object>(name: string) {
      const made = new Table<Row>(name, () => undefined);
      table = made;
      return made;
    },
    relation: () => {
      throw new Error('retained messages are rows');
    },
  });
  held = new ByteBudget(1_000_000);
  broker = new Broker({ retained: () => retained, held, now: () => Date.now(), onAccepted: () => undefined });
});
afterEach(() => {
  broker.close();
  vi.useRealTimers();
});

/** A connection; what it was sent is `received`, with the packet id of QoS 1. */
class NotedLink implements SessionLink {
  readonly received: string[] = [];
  readonly events: string[] = [];
  inFlightMax = 100;
  deaf = false;
  busy = false;
  session: Session | undefined;
  ready = () => !this.busy;
  mayReceive = () => !this.deaf;
  send({ message, retain }: Delivery, packetId: number) {
    this.received.push(`${text(message)} #${packetId}${retain ? ' retained' : ''}`);
  }
  sendOnce(message: Message, retain: boolean) {
    this.received.push(`${text(message)}${retain ? ' retained' : ''}`);
  }
  takenOver() {
    this.events.push('taken over');
    this.leave();
  }
  deleted() {
    this.events.push('deleted');
  }
  overflowed() {
    this.events.push('overflowed');
  }
  shutDown() {
    this.events.push('shut down');
    this.leave();
  }

  open(clientId: string, { cleanStart = false, expirySeconds = 3_600 } = {}): boolean {
    const { session, sessionPresent } = broker.open(this, { clientId, cleanStart, expirySeconds });
    this.session = session;
    session.outbox.resume(this, Date.now());
    session.outbox.flush(this, Date.now());
    return sessionPresent;
  }

  subscribe(filter: string, qos: 0 | 1 = 1): void {
    const options = { qos, noLocal: false, retainAsPublished: false };
    if (this.session === undefined) throw new Error('not open');
    broker.subscribe(this.session, filter, options);
    broker.sendRetained(this.session, filter, options);
  }

  acknowledge(packetId: number): void {
    this.session?.outbox.acknowledge(packetId);
    this.session?.outbox.flush(this, Date.now());
  }

  leave(will?: { message: Message; delaySeconds: number }): void {
    if (this.session !== undefined) broker.leave(this.session, will);
  }
}

const text = ({ payload }: Message) => Buffer.from(payload).toString();
const message = (topic: string, payload: string, rest: Partial<Message> = {}): Message => ({
  topic,
  payload: Buffer.from(payload),
  qos: 1,
  retain: false,
  ...rest,
});
function connect(
  clientId: string,
  options: { cleanStart?: boolean; expirySeconds?: number } = {},
): NotedLink {
  const link = new NotedLink();
  link.open(clientId, options);
  return link;
}

describe('a persistent session', () => {
  behaviour(
    'A persistent session keeps subscriptions and QoS 1 messages for a client that is away, and not those of QoS 0',
    { known: 'documented', source: 'guide, "MQTT persistent sessions"' },
    () => {
      const first = connect('sleeper');
      first.subscribe('a');
      first.leave();
      broker.publish(message('a', 'kept'));
      broker.publish(message('a', 'lost', { qos: 0 }));
      const second = new NotedLink();
      expect(second.open('sleeper')).toBe(true);
      expect(second.received).toEqual(['kept #1']);
      broker.publish(message('a', 'live'));
      expect(second.received).toEqual(['kept #1', 'live #2']);
    },
  );

  behaviour(
    'A persistent session ends an hour after its connection',
    { known: 'documented', source: 'AWS IoT Core quotas, "Persistent session expiry period"' },
    () => {
      const first = connect('expired');
      first.subscribe('a');
      first.leave();
      vi.setSystemTime(Date.now() + 60 * MINUTE_MS);
      expect(new NotedLink().open('expired')).toBe(false);
    },
  );

  behaviour(
    'A persistent session is still there after 59 minutes, and does not age while its client is connected',
    { known: 'documented', source: 'AWS IoT Core quotas, "Persistent session expiry period"' },
    () => {
      const first = connect('tireless');
      vi.advanceTimersByTime(120 * MINUTE_MS);
      first.leave();
      vi.advanceTimersByTime(59 * MINUTE_MS);
      expect(new NotedLink().open('tireless')).toBe(true);
    },
  );

  behaviour(
    'A persistent session ends when its client starts clean',
    { known: 'documented', source: 'guide, "MQTT persistent sessions"' },
    () => {
      const first = connect('cleaner');
      first.subscribe('a');
      first.leave();
      broker.publish(message('a', 'forgotten'));
      const second = new NotedLink();
      expect(second.open('cleaner', { cleanStart: true })).toBe(false);
      broker.publish(message('a', 'unwanted'));
      expect(second.received).toEqual([]);
    },
  );

  behaviour(
    'A persistent session keeps at most 1000 messages for its client',
    { known: 'assumed', source: '' },
    () => {
      const first = connect('hoarder');
      first.subscribe('a');
      first.leave();
      for (let count = 0; count < 1_100; count += 1) broker.publish(message('a', `${count}`));
      const second = connect('hoarder');
      for (let packetId = 1; packetId <= 1_100; packetId += 1) second.acknowledge(packetId);
      expect(second.received).toHaveLength(1_000);
      expect(second.received.at(-1)).toBe('999 #1000');
    },
  );
});

describe('sessions of clients that are away', () => {
  it('have 200 000 subscriptions together; the session away longest gives way', () => {
    const leaveWithFifty = (clientId: string) => {
      const link = connect(clientId);
      for (let count = 0; count < 50; count += 1) link.subscribe(`a/${count}`);
      link.leave();
    };
    for (let count = 0; count < 4_000; count += 1) leaveWithFifty(`c${count}`);
    // Who comes back and leaves again is no longer the first, and counts once.
    connect('c0').leave();
    connect('c1').leave();
    leaveWithFifty('one more');
    const isThere = (clientId: string) => new NotedLink().open(clientId);
    expect(['c0', 'c1', 'c2', 'c3', 'one more'].map(isThere)).toEqual([true, true, false, true, true]);
  });
});

describe('QoS 1', () => {
  behaviour(
    'A QoS 1 message is sent again on the next connection until it is acknowledged, under its packet id',
    { known: 'documented', source: 'guide, "MQTT"' },
    () => {
      const first = connect('silent');
      first.subscribe('a');
      broker.publish(message('a', 'one'));
      broker.publish(message('a', 'two'));
      first.acknowledge(1);
      first.leave();
      const second = connect('silent');
      expect(second.received).toEqual(['two #2']);
      second.acknowledge(2);
      second.leave();
      expect(connect('silent').received).toEqual([]);
    },
  );

  behaviour(
    'A QoS 1 message is given up after an hour without acknowledgement',
    {
      known: 'documented',
      source: 'AWS IoT Core quotas, "Maximum retry interval for delivering QoS 1 messages"',
    },
    () => {
      const first = connect('slow');
      first.subscribe('a');
      broker.publish(message('a', 'old'));
      vi.advanceTimersByTime(61 * MINUTE_MS);
      first.leave();
      expect(connect('slow').received).toEqual([]);
    },
  );

  behaviour(
    'A client has at most 100 QoS 1 messages unacknowledged; the next goes out when one is acknowledged',
    {
      known: 'documented',
      source: 'AWS IoT Core quotas, "Maximum outbound unacknowledged QoS 1 publish requests"',
    },
    () => {
      const link = connect('window');
      link.subscribe('a');
      for (let count = 1; count <= 102; count += 1) broker.publish(message('a', `${count}`));
      expect(link.received).toHaveLength(100);
      link.acknowledge(7);
      expect(link.received.at(-1)).toBe('101 #101');
    },
  );

  behaviour(
    'A QoS 1 message waits for a client that does not read, while QoS 0 is dropped',
    { known: 'assumed', source: '' },
    () => {
      const link = connect('stalled');
      link.subscribe('a');
      link.busy = true;
      broker.publish(message('a', 'lost', { qos: 0 }));
      broker.publish(message('a', 'waits'));
      expect(link.received).toEqual([]);
      link.busy = false;
      link.session?.outbox.flush(link, Date.now());
      expect(link.received).toEqual(['waits #1']);
    },
  );

  behaviour(
    'A QoS 1 message is delivered with the lower of what was published and what was subscribed',
    { known: 'documented', source: 'MQTT 3.1.1 section 3.8.4' },
    () => {
      const link = connect('lower');
      link.subscribe('zero', 0);
      link.subscribe('one', 1);
      broker.publish(message('zero', 'a'));
      broker.publish(message('one', 'b', { qos: 0 }));
      expect(link.received).toEqual(['a', 'b']);
    },
  );
});

describe('a message that expires', () => {
  behaviour(
    'A message that expires is not delivered after its expiry interval',
    { known: 'documented', source: 'guide, "MQTT 5 properties"' },
    () => {
      const first = connect('late');
      first.subscribe('a');
      first.leave();
      broker.publish(message('a', 'short', { expiresAt: Date.now() + 1_000 }));
      broker.publish(message('a', 'long', { expiresAt: Date.now() + 10_000 }));
      vi.advanceTimersByTime(5_000);
      expect(connect('late').received).toEqual(['long #1']);
    },
  );

  behaviour(
    'A message that expires is not retained after its expiry interval either',
    { known: 'documented', source: 'MQTT 5 section 3.3.2.3.3' },
    () => {
      broker.publish(message('r', 'gone', { retain: true, expiresAt: Date.now() + 1_000 }));
      vi.advanceTimersByTime(1_000);
      const link = connect('r');
      link.subscribe('r');
      expect(link.received).toEqual([]);
      expect(retained.list(Date.now())).toEqual([]);
    },
  );
});

describe('retained messages', () => {
  behaviour(
    'Retained messages come to subscriptions without wildcards, the latest for each topic, until an empty one takes it away',
    { known: 'documented', source: 'guide, "MQTT retained messages"' },
    () => {
      broker.publish(message('r/a', 'old', { retain: true }));
      broker.publish(message('r/a', 'new', { retain: true }));
      const link = connect('exact');
      link.subscribe('r/+');
      link.subscribe('r/#');
      link.subscribe('$share/group/r/a');
      expect(link.received).toEqual([]);
      link.subscribe('r/a');
      expect(link.received).toEqual(['new #1 retained']);
      broker.publish(message('r/a', '', { retain: true }));
      const other = connect('other');
      other.subscribe('r/a');
      expect(other.received).toEqual([]);
    },
  );

  behaviour(
    'Retained messages are at most 5000; a further topic is delivered and not kept',
    {
      known: 'documented',
      source:
        'AWS IoT Core quotas, "Number of retained messages per account"; what happens beyond is assumed',
    },
    () => {
      for (let count = 0; count < 5_000; count += 1) {
        expect(broker.publish(message(`r/${count}`, 'x', { retain: true }))).toBe('kept');
      }
      expect(broker.publish(message('r/more', 'x', { retain: true }))).toBe('refused');
      expect(broker.publish(message('r/7', 'y', { retain: true }))).toBe('kept');
    },
  );
});

describe('retained messages by their bytes', () => {
  const large = Buffer.alloc(1024 * 1024 - 'r/0'.length - 1);
  const retain = (topic: string, payload: Uint8Array, rest: Partial<Message> = {}) =>
    broker.publish({ topic, payload, qos: 1, retain: true, ...rest });
  const fill = () => {
    for (let count = 10; count < 74; count += 1) expect(retain(`r/${count}`, large)).toBe('kept');
  };

  it('are at most 64 MB; what is above is delivered and not kept', () => {
    fill();
    expect(retain('s', Buffer.from('x'))).toBe('refused');
    expect(retain('r/10', Buffer.alloc(large.length + 1))).toBe('refused');
    expect(retained.get('r/10', Date.now())?.payloadBase64).toHaveLength(Math.ceil(large.length / 3) * 4);
    expect(retain('r/10', Buffer.from('small'))).toBe('kept');
    expect(retain('s', Buffer.from('x'))).toBe('kept');
  });

  it('have room again when one is taken away, expires, or all are reset', () => {
    fill();
    retain('r/11', Buffer.alloc(0));
    expect(retain('s', large, { expiresAt: Date.now() + 1_000 })).toBe('kept');
    expect(retain('t', Buffer.from('x').fill(0))).toBe('kept');
    expect(retain('u', Buffer.alloc(10))).toBe('refused');
    vi.advanceTimersByTime(1_000);
    expect(retain('u', Buffer.alloc(10))).toBe('kept');
    expect(retain('v', large)).toBe('refused');
    table.clear();
    expect(retain('v', large)).toBe('kept');
  });
});

describe('shared subscriptions', () => {
  behaviour(
    'Shared subscriptions give each message to one of the group in turn, and to plain subscribers as well',
    {
      known: 'documented',
      source: 'guide, "Shared subscriptions"; the turn is assumed',
    },
    () => {
      const [one, two, plain] = [connect('one'), connect('two'), connect('plain')];
      one.subscribe('$share/g/a/+');
      two.subscribe('$share/g/a/+');
      plain.subscribe('a/+');
      for (let count = 0; count < 4; count += 1) broker.publish(message('a/x', `${count}`, { qos: 0 }));
      expect([one.received, two.received]).toEqual([
        ['0', '2'],
        ['1', '3'],
      ]);
      expect(plain.received).toEqual(['0', '1', '2', '3']);
    },
  );

  behaviour(
    'Shared subscriptions prefer those who are connected, and wait for one when nobody is',
    { known: 'assumed', source: '' },
    () => {
      const [one, two] = [connect('one'), connect('two')];
      one.subscribe('$share/g/a');
      two.subscribe('$share/g/a');
      one.leave();
      broker.publish(message('a', 'first'));
      broker.publish(message('a', 'second'));
      expect(two.received).toEqual(['first #1', 'second #2']);
      two.leave();
      broker.publish(message('a', 'third'));
      expect([...connect('one').received, ...connect('two').received]).toContain('third #1');
    },
  );
});

describe('a will', () => {
  const will = (delaySeconds = 0) => ({ message: message('will', 'gone'), delaySeconds });

  behaviour(
    'A will waits for its delay, and is not published when its client comes back to its session before',
    { known: 'documented', source: 'MQTT 5 section 3.1.3.2.2' },
    () => {
      const watcher = connect('watcher');
      watcher.subscribe('will', 0);
      connect('weak').leave(will(60));
      vi.advanceTimersByTime(59_000);
      const back = connect('weak');
      vi.advanceTimersByTime(2_000);
      expect(watcher.received).toEqual([]);
      back.leave(will(60));
      vi.advanceTimersByTime(60_000);
      expect(watcher.received).toEqual(['gone']);
    },
  );

  behaviour(
    'A will is published at the end of the session at the latest',
    { known: 'documented', source: 'MQTT 5 section 3.1.3.2.2' },
    () => {
      const watcher = connect('watcher');
      watcher.subscribe('will', 0);
      connect('brief', { expirySeconds: 15 }).leave(will(60));
      vi.advanceTimersByTime(15_000);
      expect(watcher.received).toEqual(['gone']);
      connect('clean').leave(will(60));
      connect('clean', { cleanStart: true });
      expect(watcher.received).toEqual(['gone', 'gone']);
      connect('none', { expirySeconds: 0 }).leave(will(60));
      expect(watcher.received).toHaveLength(3);
    },
  );

  it('counts as held from the end of its connection until it is published, cancelled or dropped', () => {
    connect('published').leave(will(60));
    connect('cancelled').leave(will(600));
    connect('dropped').leave(will(600));
    const bytes = 'will'.length + 'gone'.length;
    expect(held.bytes).toBe(3 * bytes);
    vi.advanceTimersByTime(60_000);
    expect(held.bytes).toBe(2 * bytes);
    connect('cancelled');
    expect(held.bytes).toBe(bytes);
    broker.close();
    expect(held.bytes).toBe(0);
  });
});

behaviour(
  'A message to $aws/rules/… is for its rule, and no subscriber gets it',
  { known: 'documented', source: 'guide, "Basic Ingest"' },
  () => {
    const link = connect('curious');
    link.subscribe('$aws/rules/#');
    broker.publish(message('$aws/rules/store/a', 'x'));
    expect(link.received).toEqual([]);
  },
);

describe('a client id', () => {
  behaviour(
    'A client id belongs to the connection that came last, session and all',
    { known: 'documented', source: 'guide, "MQTT"' },
    () => {
      const first = connect('twin');
      first.subscribe('a');
      const second = new NotedLink();
      expect(second.open('twin')).toBe(true);
      expect(first.events).toEqual(['taken over']);
      broker.publish(message('a', 'x'));
      expect([first.received, second.received]).toEqual([[], ['x #1']]);
    },
  );
});

behaviour(
  'A queued message is not delivered when iot:Receive is no longer allowed at the time of delivery',
  {
    known: 'documented',
    source: 'guide, "AWS IoT Core policy actions" (checked on every delivery)',
  },
  () => {
    const first = connect('forbidden');
    first.subscribe('a');
    first.leave();
    broker.publish(message('a', 'secret'));
    const second = new NotedLink();
    second.deaf = true;
    second.open('forbidden');
    expect(second.received).toEqual([]);
    expect(second.session?.outbox.size).toBe(0);
  },
);
