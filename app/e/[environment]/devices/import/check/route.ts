import { checkImport, IMPORT_BODY_BYTES_MAX } from '@/lib/actions/import-certificates';
import { runPosted } from '@/lib/actions/run-posted';
import { requirePermission } from '@/lib/auth/require-permission';

/** What an import of these certificates would do. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/e/[environment]/devices/import/check'>,
) {
  const environmentId = (await params).environment;
  await requirePermission('device:read', { environment: environmentId });
  return runPosted(checkImport, request, IMPORT_BODY_BYTES_MAX);
}
