import { z } from 'zod';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import type { LivePosition } from '@/lib/devices/live/event-buffer';
import { eventStream } from '@/lib/devices/live/event-stream';
import { feedOf } from '@/lib/devices/live/feeds';

/** Longer than any position that was ever given out. */
const POSITION_CHARACTERS_MAX = 64;

/** By the browser's own repetition, or by the page's: behind what it has heard. */
const after = z
  .string()
  .max(POSITION_CHARACTERS_MAX)
  .transform((id): LivePosition => ({ after: id }));
/** A page that has heard nothing yet: by the age of its data. */
const since = z.iso.datetime().transform((at): LivePosition => ({ since: new Date(at) }));

/** What happens in the environment, as server-sent events (HTML Standard, section 9.2), until the page is left. */
export async function GET(request: Request, { params }: RouteContext<'/e/[environment]/live'>) {
  const environmentId = (await params).environment;
  await requirePermission('device:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  if (!request.headers.get('accept')?.includes('text/event-stream')) {
    return new Response('This address is for EventSource only: it never ends.\n', { status: 400 });
  }
  const query = new URL(request.url).searchParams;
  const heard = after.safeParse(request.headers.get('last-event-id') ?? query.get('after'));
  const position = heard.data ?? since.safeParse(query.get('since')).data;
  return eventStream(feedOf(environment), position, request.signal);
}
