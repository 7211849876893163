import { notFound } from 'next/navigation';
import { NextResponse } from 'next/server';
import { z } from 'zod';
import type { Live } from '@/components/sandbox/answers';
import { parseSandboxQuery } from '@/components/sandbox/sandbox-query';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import { sandboxControlOf } from '@/lib/sandbox-control/sandbox-control';

/** Anything else counts as a page that has read nothing yet. */
const cursor = z
  .object({ after: z.coerce.number().int().positive(), at: z.iso.datetime() })
  .transform(({ after, at }) => ({ sequence: after, at }))
  .optional()
  .catch(undefined);

/** What has happened since an open page has read last. */
export async function GET(request: Request, { params }: RouteContext<'/e/[environment]/sandbox/live'>) {
  const environmentId = (await params).environment;
  await requirePermission('sandbox:read', { environment: environmentId });
  const control = sandboxControlOf(requireEnvironment(environmentId)) ?? notFound();
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const { find, kind } = parseSandboxQuery(asked);
  const answer: Result<Live, Failure> = await control.live(cursor.parse(asked), { find, code: kind });
  return NextResponse.json(answer, { headers: { 'cache-control': 'no-store' } });
}
