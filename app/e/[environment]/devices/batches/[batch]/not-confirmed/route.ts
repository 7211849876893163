import { notFound } from 'next/navigation';
import { NextResponse } from 'next/server';
import { z } from 'zod';
import { pickedParameter } from '@/components/device/picked-devices';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { findBatch } from '@/lib/ledger/batches';
import { listSubjects } from './list-subjects';

const parameters = z.object({
  as: z.enum(['csv', 'json']).default('csv'),
  only: pickedParameter.optional(),
});

/** The devices of a batch that are not confirmed, or some of them: as a table that people save, or for the form that issues them again. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/e/[environment]/devices/batches/[batch]/not-confirmed'>,
) {
  const { environment: environmentId, batch } = await params;
  await requirePermission('device:read', { environment: environmentId });
  const { id } = requireEnvironment(environmentId);
  if (!z.uuid().safeParse(batch).success) notFound();
  const parsed = parameters.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  // Not the whole batch in place of a list that cannot be read.
  if (!parsed.success) return NextResponse.json({ refused: 'parameters' }, { status: 400 });
  // Not an empty list in place of one that is not to be had yet.
  if ((await findBatch(id, batch))?.state === 'open') {
    return NextResponse.json({ refused: 'batch-open' }, { status: 409 });
  }
  return listSubjects({ environment: id, batch }, parsed.data, new Date());
}
