import { NextResponse } from 'next/server';
import { type ActPlanAnswer, PLANNED_MAX } from '@/components/acts/act-plan-answer';
import { parseApproval } from '@/components/acts/approval-input';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { planDevice } from './plan-device';

/** What an act would do to a few devices, step by step; `id` is a certificate's id, or a thing's name. Nothing is changed. */
export async function GET(request: Request, { params }: RouteContext<'/e/[environment]/acts/plan'>) {
  const environmentId = (await params).environment;
  await requirePermission('certificate:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);

  const { searchParams } = new URL(request.url);
  const act = searchParams.get('act') ?? '';
  const approval = parseApproval(searchParams.get('approval') ?? '');
  const ids = [...new Set(searchParams.getAll('id'))].slice(0, PLANNED_MAX);
  const devices = await Promise.all(ids.map((id) => planDevice(environment, act, id, approval)));
  const answer: ActPlanAnswer = { devices: devices.flatMap((device) => device ?? []) };
  return NextResponse.json(answer, { headers: { 'cache-control': 'no-store' } });
}
