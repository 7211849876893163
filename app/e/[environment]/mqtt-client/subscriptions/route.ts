import { NextResponse } from 'next/server';
import { subscriptionRequest } from '@/components/mqtt-client/answers';
import { readJsonBody } from '@/lib/actions/run-posted';
import { requirePermission } from '@/lib/auth/require-permission';
import { failureOfRefusal } from '@/lib/aws/mqtt/tabs/refusal-failure';
import { findTabClient } from '@/lib/aws/mqtt/tabs/tab-clients';
import { requireEnvironment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { topicFilterFault } from '@/lib/registry/mqtt-topic';
import { fail, ok, type Result } from '@/lib/result';

/** A filter, quoted. */
const BODY_BYTES_MAX = 4096;

/** Begins or ends a subscription of an open page: a read, whose topic is nobody's business in an address. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/e/[environment]/mqtt-client/subscriptions'>,
) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('mqtt:subscribe', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const parsed = subscriptionRequest.safeParse(await readJsonBody(request, BODY_BYTES_MAX));
  if (!parsed.success) return answer(fail({ kind: 'invalid-input', fields: {} }), 400);
  const { tab, act, filter, qos } = parsed.data;
  const fault = topicFilterFault(filter);
  if (fault !== undefined)
    return answer(fail({ kind: 'invalid-input', fields: { filter: [{ code: fault }] } }), 400);

  const client = findTabClient({ environment, operatorId: operator.id, tab });
  if (client === undefined) return answer(fail({ kind: 'mqtt', reason: 'not-connected', detail: '' }));
  if (act === 'unsubscribe') {
    client.unsubscribe(filter);
    return answer(ok(undefined));
  }
  const made = await client.subscribe(filter, qos);
  return answer(made.ok ? made : fail(failureOfRefusal(made.failure)));
}

const answer = (result: Result<undefined, Failure>, status = 200) =>
  NextResponse.json(result, { status, headers: { 'cache-control': 'no-store' } });
