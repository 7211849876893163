/**
 * What CloudTrail has of the provisioning. Asked only where a person wants it: it is minutes late, and AWS allows two
 * look-ups a second (CloudTrail quotas).
 * @module
 */
import 'server-only';
import { cloudTrailFor } from '@/lib/aws/cloudtrail-gateway';
import type { DeviceFacts } from '@/lib/diagnosis/facts';
import { ABSENT, mapKnown, presentOf } from '@/lib/diagnosis/known';
import type { Inquiry } from './inquiry';

/** Clocks differ, and the record is in whole seconds. */
const BEFORE_REGISTRATION_MS = 60_000;

export async function askRegisterThing(inquiry: Inquiry): Promise<Partial<DeviceFacts>> {
  const registeredAt = presentOf(inquiry.facts.certificate)?.registeredAt;
  if (registeredAt === undefined) return {};
  const since = new Date(registeredAt.getTime() - BEFORE_REGISTRATION_MS);
  const answer = await inquiry.ask('LookupEvents', () =>
    cloudTrailFor(inquiry.environment).registerThingEvents(inquiry.device.certificateId, since),
  );
  return { registerThing: mapKnown(answer, (events) => (events === ABSENT ? [] : events)) };
}
