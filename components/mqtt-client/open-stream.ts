import type { z } from 'zod';
import { STREAM_EVENTS } from './answers';
import type { Link } from './use-mqtt-client';

/** The browser itself opens a stream again that broke off; one that was refused is opened again by us. */
const REOPEN_MS = 3000;

type Events = typeof STREAM_EVENTS;
type StreamListener = { link(link: Link): void } & {
  [Name in Exclude<keyof Events, 'full'>]: (data: z.output<Events[Name]>) => void;
};

/** Listens to the console's stream until the answer is called. What cannot be read, of a newer console for one, is left out. */
export function openStream(url: string, listener: StreamListener): () => void {
  let source: EventSource;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let isFull = false;

  function hear<Value>(name: string, schema: z.ZodType<Value>, tell: (data: Value) => void) {
    source.addEventListener(name, ({ data }) => {
      const read = schema.safeParse(JSON.parse(String(data)));
      if (read.success) tell(read.data);
    });
  }

  function open() {
    source = new EventSource(url);
    source.onopen = () => {
      if (!isFull) listener.link({ kind: 'open' });
    };
    source.onerror = () => {
      if (!isFull) listener.link({ kind: 'lost' });
      if (source.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
    };
    hear('state', STREAM_EVENTS.state, listener.state);
    hear('subscriptions', STREAM_EVENTS.subscriptions, (held) => {
      isFull = false;
      listener.link({ kind: 'open' });
      listener.subscriptions(held);
    });
    hear('refused', STREAM_EVENTS.refused, listener.refused);
    hear('messages', STREAM_EVENTS.messages, listener.messages);
    hear('full', STREAM_EVENTS.full, ({ max }) => {
      isFull = true;
      listener.link({ kind: 'full', max });
    });
  }

  open();
  return () => {
    clearTimeout(reopening);
    source.close();
  };
}
