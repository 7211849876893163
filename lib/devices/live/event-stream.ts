/**
 * A feed as server-sent events: `state`, `events`, `reload`, and `beat` while nothing happens.
 * @module
 */
import 'server-only';
import {
  LIVE_BEAT_MS,
  LIVE_FULL_MS,
  type LiveNews,
  type LiveReload,
  type LiveState,
} from '@/lib/registry/live-event';
import type { EnvironmentFeed } from './environment-feed';
import type { LivePosition } from './event-buffer';

/** Then the browser comes back, and its permission is asked for anew. Our choice. */
const STREAM_MS_MAX = 10 * 60_000;
/** Messages that a slow page has not taken yet. What is more is not kept for it: it comes back and catches up. Our choice. */
const UNREAD_MAX = 256;
/** How soon the browser comes back. */
const RETRY_MS = 1_000;

/** @param signal - ends with the request */
export function eventStream(
  feed: Pick<EnvironmentFeed, 'listen'>,
  position: LivePosition | undefined,
  signal: AbortSignal,
): Response {
  const encoder = new TextEncoder();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let leave = () => {};
        let isOver = false;
        end = () => {
          if (isOver) return;
          isOver = true;
          clearInterval(beating);
          clearTimeout(ending);
          leave();
          controller.close();
        };
        const send = (event: string, data: unknown, id?: string) => {
          if (isOver) return;
          const line = id === undefined ? '' : `id: ${id}\n`;
          controller.enqueue(encoder.encode(`${line}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
          if ((controller.desiredSize ?? 0) <= 0) end();
        };
        const beating = setInterval(() => send('beat', {}), LIVE_BEAT_MS);
        const ending = setTimeout(() => end(), STREAM_MS_MAX);
        signal.addEventListener('abort', () => end());
        controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`));
        const listening = feed.listen(
          {
            state: (state) => send('state', state),
            events: ({ id, at, events }) => send('events', { at, events } satisfies LiveNews, id),
            reload: (id) => send('reload', { at: new Date().toISOString() } satisfies LiveReload, id),
          },
          position,
        );
        if (listening.ok) {
          leave = listening.value;
        } else {
          const retryAt = new Date(Date.now() + LIVE_FULL_MS).toISOString();
          const detail = String(listening.failure.limit);
          // Not as a status of HTTP, which an `EventSource` does not tell.
          send('state', { kind: 'off', why: 'full', detail, retryAt } satisfies LiveState);
        }
        // What was missed may have been too much already.
        if (isOver) leave();
        if (!listening.ok || signal.aborted) end();
      },
      cancel: () => end(),
    },
    new CountQueuingStrategy({ highWaterMark: UNREAD_MAX }),
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // A proxy that compresses or gathers would hold events back.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
