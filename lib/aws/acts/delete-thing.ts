/**
 * Deletes one thing: whatever is attached to it is detached first, and stays as it is.
 * @module
 */
import 'server-only';
import { collect } from '@/lib/aws/collect';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import { planThingDeletion } from '@/lib/registry/act';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';
import { ok, type Result } from '@/lib/result';
import type { ActReport } from './act-report';
import { runSteps } from './run-steps';
import { untilDetached } from './until-detached';

/** A thing has one principal as a rule; who attached more than this takes another round. */
const PRINCIPALS_MAX = 1000;

/** A thing that is gone counts as deleted. */
export async function deleteThingWithPlan(iot: IotGateway, thingName: string): Promise<ActReport> {
  const described = await iot.describeThing(thingName);
  if (!described.ok) {
    const isGone = described.failure.kind === 'not-found';
    return { steps: [], result: isGone ? ok(undefined) : described, before: undefined, requestId: undefined };
  }
  const detached = new Set<string>();
  const run = await untilDetached(async () => {
    const principals = await readPrincipalArns(iot, thingName);
    if (!principals.ok) return { steps: [], result: principals, requestId: undefined };
    for (const arn of principals.value) detached.add(arn);
    return runSteps(iot, planThingDeletion(thingName, principals.value));
  });
  return { ...run, before: { ...described.value, principals: [...detached] } };
}

/** Who is attached to the thing, by ARN; nobody when there is no such thing. */
export async function readPrincipalArns(
  iot: IotGateway,
  thingName: string,
): Promise<Result<string[], Failure>> {
  const read = await collect(
    (token) => iot.listThingPrincipals(thingName, { pageSize: PAGE_SIZE_MAX, token }),
    PRINCIPALS_MAX,
  );
  if (read.ok) return ok(read.value.map(({ arn }) => arn));
  return read.failure.kind === 'not-found' ? ok([]) : read;
}
