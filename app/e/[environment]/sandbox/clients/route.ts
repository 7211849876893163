import { notFound } from 'next/navigation';
import { NextResponse } from 'next/server';
import { CLIENTS_SHOWN_MAX, type Clients } from '@/components/sandbox/answers';
import { parseSandboxQuery } from '@/components/sandbox/sandbox-query';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import { sandboxControlOf } from '@/lib/sandbox-control/sandbox-control';

/** Who is connected to the sandbox now. */
export async function GET(request: Request, { params }: RouteContext<'/e/[environment]/sandbox/clients'>) {
  const environmentId = (await params).environment;
  await requirePermission('sandbox:read', { environment: environmentId });
  const control = sandboxControlOf(requireEnvironment(environmentId)) ?? notFound();
  const { client: find } = parseSandboxQuery(Object.fromEntries(new URL(request.url).searchParams));
  const answer: Result<Clients, Failure> = await control.clients(find, CLIENTS_SHOWN_MAX);
  return NextResponse.json(answer, { headers: { 'cache-control': 'no-store' } });
}
