import { z } from 'zod';
import { requirePermission } from '@/lib/auth/require-permission';
import { failureOfRefusal } from '@/lib/aws/mqtt/tabs/refusal-failure';
import { openTabClient, TAB_CLIENTS_MAX } from '@/lib/aws/mqtt/tabs/tab-clients';
import { requireEnvironment } from '@/lib/config/environments';
import { eventText, shown, stateForPage } from './tell-page';

/** A permission that was taken away ends the stream no later than this: the page opens it again, and is asked again. */
const STREAM_MS_MAX = 10 * 60_000;
/** Proxies end what is silent for half a minute. Our choice. */
const HEARTBEAT_MS = 15_000;
/** What may wait in the socket before messages are held back, and then left out. Our choice. */
const WAITING_BYTES_MAX = 2 * 1024 * 1024;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx holds answers back unless it is told not to.
  'x-accel-buffering': 'no',
};

/** What the MQTT client of an open page hears, as server-sent events. The client is made with its first stream. */
export async function GET(request: Request, { params }: RouteContext<'/e/[environment]/mqtt-client/stream'>) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('mqtt:subscribe', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const tab = z.uuid().safeParse(new URL(request.url).searchParams.get('tab'));
  if (!tab.success) return new Response('The parameter tab has to be a UUID.', { status: 400 });

  const client = openTabClient({ environment, operatorId: operator.id, tab: tab.data });
  if (client === undefined)
    return new Response(eventText('full', { max: TAB_CLIENTS_MAX }), { headers: HEADERS });
  let end = () => {};
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => controller.enqueue(encoder.encode(text));
        const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
        const detach = client.attach({
          state: (state) => send(eventText('state', stateForPage(state))),
          subscriptions: (held) => send(eventText('subscriptions', [...held])),
          refused: (filter, refusal) =>
            send(eventText('refused', { filter, failure: failureOfRefusal(refusal) })),
          isReady: () => (controller.desiredSize ?? 0) > 0,
          messages: (messages, dropped) =>
            send(eventText('messages', { messages: messages.map(shown), dropped })),
        });
        const tooOld = setTimeout(() => {
          end();
          controller.close();
        }, STREAM_MS_MAX);
        end = () => {
          clearInterval(heartbeat);
          clearTimeout(tooOld);
          detach();
        };
      },
      cancel: () => end(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: WAITING_BYTES_MAX }),
  );
  return new Response(body, { headers: HEADERS });
}
