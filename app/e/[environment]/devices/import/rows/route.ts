import { IMPORT_BODY_BYTES_MAX, importRows } from '@/lib/actions/import-certificates';
import { runPosted } from '@/lib/actions/run-posted';
import { requirePermission } from '@/lib/auth/require-permission';

/** Adds certificates that were made elsewhere. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/e/[environment]/devices/import/rows'>,
) {
  const environmentId = (await params).environment;
  await requirePermission('ledger:import', { environment: environmentId });
  return runPosted(importRows, request, IMPORT_BODY_BYTES_MAX);
}
