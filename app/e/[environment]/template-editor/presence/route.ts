import { NextResponse } from 'next/server';
import {
  LOOKED_UP_KINDS,
  LOOKED_UP_NAMES_MAX,
  type LookedUpKind,
  type PresenceAnswer,
} from '@/components/template-editor/name-lookups';
import { requirePermission } from '@/lib/auth/require-permission';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import { requireEnvironment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { isValidName, type NameKind } from '@/lib/provisioning/registry-names';
import { ok, type Result } from '@/lib/result';

const FORMS: Record<LookedUpKind, NameKind> = {
  policies: 'policy',
  thingTypes: 'thingType',
  thingGroups: 'thingGroup',
  billingGroups: 'billingGroup',
};

/** Which of the names in a template exist: one call apiece, out of the environment's bucket. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/e/[environment]/template-editor/presence'>,
) {
  const environmentId = (await params).environment;
  await requirePermission('template:read', { environment: environmentId });
  const iot = iotFor(requireEnvironment(environmentId));

  const { searchParams } = new URL(request.url);
  const answer: PresenceAnswer = { policies: {}, thingTypes: {}, thingGroups: {}, billingGroups: {} };
  const asked = LOOKED_UP_KINDS.flatMap((kind) =>
    searchParams
      .getAll(kind)
      .filter((name) => isValidName(FORMS[kind], name))
      .slice(0, LOOKED_UP_NAMES_MAX)
      .map(async (name) => {
        const there = await isThere(iot, kind, name);
        if (there.ok) answer[kind][name] = there.value;
      }),
  );
  await Promise.all(asked);
  return NextResponse.json(answer, { headers: { 'cache-control': 'no-store' } });
}

async function isThere(iot: IotGateway, kind: LookedUpKind, name: string): Promise<Result<boolean, Failure>> {
  switch (kind) {
    case 'thingTypes':
      return iot.hasThingType(name);
    case 'thingGroups':
      return iot.hasThingGroup(name);
    case 'billingGroups':
      return iot.hasBillingGroup(name);
    case 'policies': {
      const policy = await iot.getPolicy(name);
      if (policy.ok) return ok(true);
      return policy.failure.kind === 'not-found' ? ok(false) : policy;
    }
  }
}
