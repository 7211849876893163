import 'server-only';
import type { MqttRefusal } from '@/lib/aws/mqtt/mqtt-types';
import type { Failure } from '@/lib/failure';
import { assertNever } from '@/lib/result';

/** "Not authorized" (MQTT 5 section 2.4): a policy does not allow it. */
const NOT_AUTHORIZED = 0x87;

/** A refusal of the broker as the failure that a person reads. */
export function failureOfRefusal(refusal: MqttRefusal): Failure {
  switch (refusal.kind) {
    case 'refused':
      return {
        kind: 'mqtt',
        reason: refusal.reasonCode === NOT_AUTHORIZED ? 'not-authorized' : 'refused',
        detail: `0x${refusal.reasonCode.toString(16).padStart(2, '0').toUpperCase()}`,
      };
    case 'too-many':
      return { kind: 'mqtt', reason: 'too-many', detail: String(refusal.limit) };
    case 'not-connected':
    case 'timeout':
      return { kind: 'mqtt', reason: refusal.kind, detail: '' };
    default:
      return assertNever(refusal);
  }
}
