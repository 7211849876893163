import { NextResponse } from 'next/server';
import { NAMES_MAX, type RegistryAnswer } from '@/components/device/registry-answer';
import { requirePermission } from '@/lib/auth/require-permission';
import { lookUpNames } from '@/lib/aws/look-up-names';
import { requireEnvironment } from '@/lib/config/environments';
import { isPolicyName } from '@/lib/registry/iot-policy';
import { isThingName } from '@/lib/registry/thing';
import { namesakes } from './namesakes';

/** RFC 5280's bound of a common name. */
const COMMON_NAME_CHARACTERS_MAX = 64;

/** What a dry run has to know: which of the things and policies it names are there, and who has the name already. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/e/[environment]/devices/issue/registry'>,
) {
  const environmentId = (await params).environment;
  await requirePermission('device:issue', { environment: environmentId });
  const environment = requireEnvironment(environmentId);

  const { searchParams } = new URL(request.url);
  const things = searchParams.getAll('thing').filter(isThingName).slice(0, NAMES_MAX);
  const policies = searchParams.getAll('policy').filter(isPolicyName).slice(0, NAMES_MAX);
  const commonName = searchParams.get('cn') ?? '';
  const isName = commonName !== '' && commonName.length <= COMMON_NAME_CHARACTERS_MAX;

  const [found, issued] = await Promise.all([
    lookUpNames(environment, { things, policies }),
    isName ? namesakes(environment.id, commonName) : [],
  ]);
  const answer: RegistryAnswer = {
    things: found.things,
    policies: found.policies,
    isPartial: found.isPartial,
    namesakes: issued,
  };
  return NextResponse.json(answer, { headers: { 'cache-control': 'no-store' } });
}
