import { NextResponse } from 'next/server';
import { NAME_KINDS, type NameKind, type NameList } from '@/components/template-editor/name-lookups';
import { requirePermission } from '@/lib/auth/require-permission';
import { collect } from '@/lib/aws/collect';
import { iamFor } from '@/lib/aws/iam-gateway';
import { iotFor } from '@/lib/aws/iot-gateway';
import { type Environment, requireEnvironment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { PAGE_SIZE_MAX, type Page, type PageRequest } from '@/lib/registry/page';
import { ok, type Result } from '@/lib/result';

/** A list to choose from is no longer one beyond this; four calls at most. Any other name can be typed. */
const CHOICES_MAX = 1000;

/** The names of one kind that AWS has, for completion. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/e/[environment]/template-editor/names'>,
) {
  const environmentId = (await params).environment;
  await requirePermission('template:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);

  const asked = new URL(request.url).searchParams.get('kind');
  const kind = NAME_KINDS.find((known) => known === asked);
  if (kind === undefined) return NextResponse.json({ error: 'unknown kind' }, { status: 400 });
  const read = readerOf(environment, kind);
  const found = await collect((token) => read({ pageSize: PAGE_SIZE_MAX, token }), CHOICES_MAX);
  // What cannot be listed is not offered; names can be typed all the same.
  const answer: NameList = found.ok
    ? { names: found.value, isWhole: found.value.length < CHOICES_MAX }
    : { names: [], isWhole: false };
  return NextResponse.json(answer, { headers: { 'cache-control': 'no-store' } });
}

type Reader = (page: PageRequest) => Promise<Result<Page<string>, Failure>>;

function readerOf(environment: Environment, kind: NameKind): Reader {
  const iot = iotFor(environment);
  switch (kind) {
    case 'policies':
      return named(
        (page) => iot.listPolicies(page),
        ({ name }) => name,
      );
    case 'roles':
      return named(
        (page) => iamFor(environment).listRoles(page),
        ({ arn }) => arn,
      );
    case 'thingTypes':
      return (page) => iot.listThingTypeNames(page);
    case 'thingGroups':
      return (page) => iot.listThingGroupNames(page);
    case 'billingGroups':
      return (page) => iot.listBillingGroupNames(page);
  }
}

function named<Item>(
  list: (page: PageRequest) => Promise<Result<Page<Item>, Failure>>,
  nameOf: (item: Item) => string,
): Reader {
  return async (page) => {
    const read = await list(page);
    return read.ok ? ok({ items: read.value.items.map(nameOf), nextToken: read.value.nextToken }) : read;
  };
}
