import { NextResponse } from 'next/server';
import { z } from 'zod';
import { KEPT_AT_ONCE_MAX } from '@/components/batch/batch-answers';
import { readJsonBody } from '@/lib/actions/run-posted';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { endedBatches } from '@/lib/ledger/ended-batches';

/** A UUID in quotes, a comma, and room for spaces. */
const ID_BYTES_MAX = 48;
const FRAME_BYTES_MAX = 64;

const input = z.strictObject({ batches: z.array(z.uuid()).max(KEPT_AT_ONCE_MAX) });

/** Which of the batches that a browser keeps were delivered or given up. A read; its list is too long for an address. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/e/[environment]/devices/batches/ended'>,
) {
  const environmentId = (await params).environment;
  await requirePermission('device:issue', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const bytesMax = KEPT_AT_ONCE_MAX * ID_BYTES_MAX + FRAME_BYTES_MAX;
  const parsed = input.safeParse(await readJsonBody(request, bytesMax));
  if (!parsed.success) return NextResponse.json({ ended: [] }, { status: 400 });
  return NextResponse.json(
    { ended: await endedBatches(environment.id, parsed.data.batches) },
    { headers: { 'cache-control': 'no-store' } },
  );
}
