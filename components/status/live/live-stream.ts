/**
 * What happens in an environment, as this tab hears it: one stream of server-sent events for all views in it. A hidden tab
 * hangs up, because a browser keeps six connections to a server of HTTP/1.1 for all its tabs, and catches up when it is
 * looked at again.
 * @module
 */
import {
  LIVE_BEAT_MS,
  LIVE_FULL_MS,
  type LiveEvent,
  type LiveNews,
  type LiveReload,
  type LiveState,
} from '@/lib/registry/live-event';

/** `lost`: there is no connection to the console itself. */
export type LiveStatus = LiveState | { kind: 'lost' };

export type LiveView = {
  /** When the data of the view was read on the server, ISO 8601. */
  readAt: () => string;
  events(events: readonly LiveEvent[]): void;
  /** Something may have been missed: read anew. */
  reload(): void;
};

/** Who goes to the next page opens its view within it. */
const LINGER_MS = 2_000;
const SILENCE_MS_MAX = 2.5 * LIVE_BEAT_MS;
/** The browser itself comes back after a lost connection; after a refusal it does not. */
const REOPEN_MS = 15_000;
const GRACE_MS = 5_000;
/** Batches of the last moments, for a view whose data was read before it could listen. */
const NEWS_KEPT_MAX = 100;

export class LiveStream {
  readonly #url: string;
  readonly #views = new Set<LiveView>();
  readonly #observers = new Set<() => void>();
  #status: LiveStatus = { kind: 'connecting' };
  #source: EventSource | undefined;
  #lastId: string | undefined;
  #news: LiveNews[] = [];
  /** From then on this tab has heard everything; ISO 8601. */
  #heardSince: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  status(): LiveStatus {
    return this.#status;
  }

  /** Hears of each change of the status. */
  observe(observer: () => void): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  attach(view: LiveView): () => void {
    if (this.#views.size === 0) document.addEventListener('visibilitychange', this.#onVisibility);
    this.#views.add(view);
    if (this.#source !== undefined) this.#catchUp(view);
    else this.#open();
    return () => {
      this.#views.delete(view);
      setTimeout(() => this.#closeIfUnused(), LINGER_MS);
    };
  }

  readonly #onVisibility = () => {
    if (document.hidden) this.#close();
    else if (this.#source === undefined && this.#views.size > 0) this.#open();
  };

  #open(): void {
    if (document.hidden) return;
    const since = this.#oldestData();
    const position = this.#lastId === undefined ? { since } : { after: this.#lastId };
    this.#heardSince ??= since;
    const source = new EventSource(`${this.#url}?${new URLSearchParams(position)}`);
    this.#source = source;
    const on = <Data>(type: string, hear: (data: Data, id: string) => void) =>
      source.addEventListener(type, ({ data, lastEventId }: MessageEvent<string>) => {
        this.#expectMore();
        hear(JSON.parse(data), lastEventId);
      });
    on<LiveState>('state', (state) => {
      this.#change(state);
      if (state.kind === 'off' && state.why === 'full') this.#reopenAfter(LIVE_FULL_MS);
    });
    on<LiveNews>('events', (news, id) => this.#hear(news, id));
    on<LiveReload>('reload', (reload, id) => this.#reload(reload, id));
    on('beat', () => undefined);
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) {
        this.#change({ kind: 'lost' });
        this.#reopenAfter(REOPEN_MS);
        return;
      }
      // The browser comes back by itself, as it does whenever the console has ended a long stream.
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#change({ kind: 'lost' }), GRACE_MS);
    });
    this.#expectMore();
  }

  /** ISO 8601, so that texts compare as times do. */
  #oldestData(): string {
    let oldest: string | undefined;
    for (const { readAt } of this.#views) {
      if (oldest === undefined || readAt() < oldest) oldest = readAt();
    }
    return oldest ?? new Date().toISOString();
  }

  /** A connection can die without a word, as when a machine has slept. */
  #expectMore(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#change({ kind: 'lost' });
      this.#reopenAfter(0);
    }, SILENCE_MS_MAX);
  }

  #reopenAfter(ms: number): void {
    this.#close();
    this.#timer = setTimeout(() => this.#views.size > 0 && this.#open(), ms);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = undefined;
  }

  #closeIfUnused(): void {
    if (this.#views.size > 0) return;
    this.#close();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    // Whoever comes next has newer data than what was heard here.
    this.#lastId = undefined;
    this.#heardSince = undefined;
    this.#news = [];
    this.#change({ kind: 'connecting' });
  }

  #hear(news: LiveNews, id: string): void {
    this.#lastId = id;
    if (news.events.length === 0) return;
    this.#news.push(news);
    if (this.#news.length > NEWS_KEPT_MAX) this.#heardSince = this.#news.shift()?.at;
    for (const view of [...this.#views]) view.events(news.events);
  }

  #reload({ at }: LiveReload, id: string): void {
    this.#lastId = id;
    this.#heardSince = at;
    this.#news = [];
    for (const view of [...this.#views]) view.reload();
  }

  /** What came between the reading of a view's data and the view. */
  #catchUp(view: LiveView): void {
    const readAt = view.readAt();
    if (this.#status.kind !== 'live') return;
    if (this.#heardSince === undefined || readAt < this.#heardSince) {
      view.reload();
      return;
    }
    const missed = this.#news.filter(({ at }) => at >= readAt).flatMap(({ events }) => events);
    if (missed.length > 0) view.events(missed);
  }

  #change(status: LiveStatus): void {
    this.#status = status;
    for (const observer of [...this.#observers]) observer();
  }
}

const streams = new Map<string, LiveStream>();

/** The one stream of this tab for an environment. */
export function liveStreamOf(environment: string): LiveStream {
  const stream = streams.get(environment) ?? new LiveStream(`/e/${environment}/live`);
  streams.set(environment, stream);
  return stream;
}
