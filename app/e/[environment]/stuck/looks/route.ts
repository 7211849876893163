import { NextResponse } from 'next/server';
import type { LooksAnswer } from '@/components/stuck/looks-answer';
import { requirePermission } from '@/lib/auth/require-permission';
import { lookAtStuck } from '@/lib/aws/stuck/look-at-stuck';
import { requireEnvironment } from '@/lib/config/environments';
import { isCertificateId } from '@/lib/registry/device-certificate';

/** Why a few certificates (`id`) are stuck: at most 25 at a time, one call each and a handful for what they share. */
export async function GET(request: Request, { params }: RouteContext<'/e/[environment]/stuck/looks'>) {
  const environmentId = (await params).environment;
  await requirePermission('device:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const ids = new Set(new URL(request.url).searchParams.getAll('id').filter(isCertificateId));
  const answer: LooksAnswer = await lookAtStuck(environment, [...ids]);
  return NextResponse.json(answer, { headers: { 'cache-control': 'no-store' } });
}
