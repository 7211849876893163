import { z } from 'zod';
import { NAMES_AT_ONCE_MAX } from '@/components/batch/batch-answers';
import { readJsonBody } from '@/lib/actions/run-posted';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { answerNames } from './answer-names';

/** RFC 5280's bound of a common name, in UTF-8 and quotes. */
const NAME_BYTES_MAX = 280;
/** Service model, `ThingName`: 128 characters of ASCII; in quotes. */
const THING_BYTES_MAX = 132;

/** Which of these common names and things the ledger has already. A read; its lists are too long for an address. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/e/[environment]/devices/batches/names'>,
) {
  const environmentId = (await params).environment;
  await requirePermission('device:issue', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const bytesMax = NAMES_AT_ONCE_MAX * (NAME_BYTES_MAX + THING_BYTES_MAX);
  // The batch whose devices the form issues again.
  const again = z.uuid().safeParse(new URL(request.url).searchParams.get('again')).data;
  return answerNames(environment.id, await readJsonBody(request, bytesMax), { again, now: new Date() });
}
