import { NextResponse } from 'next/server';
import { z } from 'zod';
import { THING_PAGES_AT_ONCE_MAX } from '@/components/device/registry-answer';
import { requirePermission } from '@/lib/auth/require-permission';
import { iotInBackground } from '@/lib/aws/iot-gateway';
import { requireEnvironment } from '@/lib/config/environments';
import { readThingNames } from './read-thing-names';

/** AWS states no bound of a token; its own are some hundred characters. */
const TOKEN_CHARACTERS_MAX = 4096;

const query = z.object({
  token: z.string().min(1).max(TOKEN_CHARACTERS_MAX).optional().catch(undefined),
  pages: z.coerce.number().int().min(1).max(THING_PAGES_AT_ONCE_MAX).catch(1),
});

/** Names of things as AWS lists them, some pages at once, with the turns of the environment's bucket that others leave. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/e/[environment]/devices/issue/registry/things'>,
) {
  const environmentId = (await params).environment;
  await requirePermission('device:issue', { environment: environmentId });
  const asked = query.parse(Object.fromEntries(new URL(request.url).searchParams));
  const answer = await readThingNames(iotInBackground(requireEnvironment(environmentId)), asked);
  return NextResponse.json(answer, { headers: { 'cache-control': 'no-store' } });
}
