import { NextResponse } from 'next/server';
import { type DryRunRegistry, NAMES_MAX } from '@/components/dry-run/registry-answer';
import { requirePermission } from '@/lib/auth/require-permission';
import { lookUpNames } from '@/lib/aws/look-up-names';
import { requireEnvironment } from '@/lib/config/environments';
import { isValidName, type NameKind } from '@/lib/provisioning/registry-names';

/** Which of the names in a template are there, for one certificate: one call apiece out of the environment's bucket. */
export async function GET(request: Request, { params }: RouteContext<'/e/[environment]/dry-run/registry'>) {
  const environmentId = (await params).environment;
  await requirePermission('template:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);

  const { searchParams } = new URL(request.url);
  const names = (parameter: string, kind: NameKind) =>
    searchParams
      .getAll(parameter)
      .filter((name) => isValidName(kind, name))
      .slice(0, NAMES_MAX);
  const answer: DryRunRegistry = await lookUpNames(environment, {
    things: names('things', 'thing'),
    policies: names('policies', 'policy'),
    thingTypes: names('thingTypes', 'thingType'),
    thingGroups: names('thingGroups', 'thingGroup'),
    billingGroups: names('billingGroups', 'billingGroup'),
  });
  return NextResponse.json(answer, { headers: { 'cache-control': 'no-store' } });
}
