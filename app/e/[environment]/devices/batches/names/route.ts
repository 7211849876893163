import { NextResponse } from 'next/server';
import { z } from 'zod';
import { NAMES_AT_ONCE_MAX } from '@/components/batch/batch-answers';
import { readJsonBody } from '@/lib/actions/run-posted';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { namesTaken } from '@/lib/ledger/record-batch';

/** RFC 5280's bound of a common name, in UTF-8 and quotes. */
const NAME_BYTES_MAX = 280;

const input = z.strictObject({ names: z.array(z.string().max(64)).max(NAMES_AT_ONCE_MAX) });

/** Which of these common names the ledger has already. A read; its list is too long for an address. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/e/[environment]/devices/batches/names'>,
) {
  const environmentId = (await params).environment;
  await requirePermission('device:issue', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const parsed = input.safeParse(await readJsonBody(request, NAMES_AT_ONCE_MAX * NAME_BYTES_MAX));
  if (!parsed.success) return NextResponse.json({ taken: [] }, { status: 400 });
  return NextResponse.json(
    { taken: await namesTaken(environment.id, parsed.data.names) },
    { headers: { 'cache-control': 'no-store' } },
  );
}
