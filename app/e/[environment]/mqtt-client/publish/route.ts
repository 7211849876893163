import { PUBLISH_BYTES_MAX } from '@/components/mqtt-client/answers';
import { runPosted } from '@/lib/actions/run-posted';
import { requirePermission } from '@/lib/auth/require-permission';
import { publishMessage } from './publish-message';

/** A message to whoever subscribes to its topic. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/e/[environment]/mqtt-client/publish'>,
) {
  const environmentId = (await params).environment;
  await requirePermission('mqtt:publish', { environment: environmentId });
  return runPosted(publishMessage, request, PUBLISH_BYTES_MAX);
}
