import { NextResponse } from 'next/server';
import type { PendingLooksAnswer } from '@/components/pending/looks-answer';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { lookAtPending } from '@/lib/devices/look-at-pending';
import { isCertificateId } from '@/lib/registry/device-certificate';

/** What is known of a few certificates (`id`) that wait: at most 25 at a time, a call each and one for each of their CAs. */
export async function GET(request: Request, { params }: RouteContext<'/e/[environment]/pending/looks'>) {
  const environmentId = (await params).environment;
  await requirePermission('certificate:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);

  const ids = new Set(new URL(request.url).searchParams.getAll('id').filter(isCertificateId));
  const answer: PendingLooksAnswer = await lookAtPending(environment, [...ids]);
  return NextResponse.json(answer, { headers: { 'cache-control': 'no-store' } });
}
