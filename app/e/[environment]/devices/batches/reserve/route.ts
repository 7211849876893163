import { runPosted } from '@/lib/actions/run-posted';
import { requirePermission } from '@/lib/auth/require-permission';
import { RESERVE_BYTES_MAX, reserveBatch } from './reserve-batch';

/** The ledger's rows of some devices of a batch. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/e/[environment]/devices/batches/reserve'>,
) {
  const environmentId = (await params).environment;
  await requirePermission('device:issue', { environment: environmentId });
  return runPosted(reserveBatch, request, RESERVE_BYTES_MAX);
}
