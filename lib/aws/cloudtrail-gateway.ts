/**
 * The door to CloudTrail: what AWS recorded of provisioning, some minutes late and two look-ups a second at most.
 * CloudTrail API Reference: LookupEvents.
 * @module
 */
import 'server-only';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import type { Environment } from '@/lib/config/environments';
import type { RegisterThingEvent } from '@/lib/diagnosis/facts';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import { createCaller } from './call';
import { connectionsOf } from './connections';

export type CloudTrailGateway = {
  /** RegisterThing of one certificate since then, newest first, out of one page of all that were recorded. */
  registerThingEvents(certificateId: string, since: Date): Promise<Result<RegisterThingEvent[], Failure>>;
};

/** API Reference, LookupEvents: the most that one call answers with. */
const EVENTS_MAX = 50;

/** Of the record only what a person needs; the rest is AWS's and stays unread. */
const recordSchema = z.object({ errorCode: z.string().optional(), errorMessage: z.string().optional() });

export function cloudTrailFor(environment: Environment): CloudTrailGateway {
  const { cloudTrail, throttle } = connectionsOf(environment);
  const { call } = createCaller('CloudTrail', cloudTrail, throttle);
  return {
    registerThingEvents: (certificateId, since) =>
      call(
        'LookupEvents',
        (client, options) =>
          client.send(
            new LookupEventsCommand({
              LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'RegisterThing' }],
              StartTime: since,
              MaxResults: EVENTS_MAX,
            }),
            options,
          ),
        ({ Events }) =>
          (Events ?? []).flatMap(({ EventTime, CloudTrailEvent: text = '' }) =>
            // The parameters of the call hold the certificate's id, wherever the template asks for it.
            EventTime !== undefined && text.includes(certificateId) ? toEvent(EventTime, text) : [],
          ),
      ),
  };
}

function toEvent(at: Date, text: string): RegisterThingEvent {
  const record = recordSchema.safeParse(parseJson(text));
  return {
    at,
    errorCode: record.success ? record.data.errorCode : undefined,
    errorMessage: record.success ? record.data.errorMessage : undefined,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
