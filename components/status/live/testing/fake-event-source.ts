import type { LiveEvent, LiveState } from '@/lib/registry/live-event';

export const at = (second: number) => new Date(1_700_000_000_000 + second * 1000).toISOString();

/** Stands for the browser's, and is spoken to by a test in the server's place. */
export class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2;
  static opened: FakeEventSource[] = [];
  readonly url: string;
  readyState = 1;

  constructor(url: string) {
    super();
    this.url = url;
    FakeEventSource.opened.push(this);
  }

  /** The connection that is open. */
  static latest(): FakeEventSource {
    const source = FakeEventSource.opened.findLast(({ readyState }) => readyState !== 2);
    if (source === undefined) throw new Error('there is no connection');
    return source;
  }

  say(type: string, data: unknown, lastEventId = ''): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data), lastEventId }));
  }

  live(): void {
    this.state({ kind: 'live', since: at(0) });
  }

  state(state: LiveState): void {
    this.say('state', state);
  }

  /** That things of these names were created. */
  news(second: number, id: string, names: readonly string[]): void {
    const events = names.map(
      (thingName): LiveEvent => ({ kind: 'thing', thingName, change: 'created', at: at(second) }),
    );
    this.say('events', { at: at(second), events }, id);
  }

  fail(readyState: number): void {
    this.readyState = readyState;
    this.dispatchEvent(new Event('error'));
  }

  close(): void {
    this.readyState = 2;
  }
}
