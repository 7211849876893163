/**
 * Why nothing is heard, in the words of the pages.
 * @module
 */
import type { MqttFault, MqttRefusal } from '@/lib/aws/mqtt/mqtt-types';
import type { LiveState } from '@/lib/registry/live-event';

type Off = Extract<LiveState, { kind: 'off' }>;

/** HTTP's Forbidden and Unauthorized; MQTT 5's "Not authorized" (section 2.4). */
const FORBIDDEN_STATUSES = [401, 403];
const NOT_AUTHORIZED = 0x87;

export function offBecauseOfFault(fault: MqttFault, retryAt: Date): Off {
  return { kind: 'off', ...told(fault), retryAt: retryAt.toISOString() };
}

export function offBecauseOfRefusal(filter: string, refusal: MqttRefusal, retryAt: Date): Off {
  const isRefused = refusal.kind === 'refused';
  return {
    kind: 'off',
    why: isRefused ? 'not-allowed' : 'unreachable',
    detail: `SUBACK ${isRefused ? hex(refusal.reasonCode) : refusal.kind} ${filter}`,
    retryAt: retryAt.toISOString(),
  };
}

function told(fault: MqttFault): Pick<Off, 'why' | 'detail'> {
  switch (fault.kind) {
    case 'upgrade-refused':
      return {
        why: FORBIDDEN_STATUSES.includes(fault.status) ? 'not-allowed' : 'unreachable',
        detail: `HTTP ${fault.status}`,
      };
    case 'connect-refused':
      return {
        why: fault.reasonCode === NOT_AUTHORIZED ? 'not-allowed' : 'unreachable',
        detail: `CONNACK ${hex(fault.reasonCode)}`,
      };
    case 'disconnected':
      return { why: 'unreachable', detail: `DISCONNECT ${hex(fault.reasonCode)}` };
    case 'lost':
      return { why: 'unreachable', detail: fault.reason ?? '' };
    case 'aws':
      return toldByAws(fault);
  }
}

function toldByAws({ failure }: Extract<MqttFault, { kind: 'aws' }>): Pick<Off, 'why' | 'detail'> {
  switch (failure.kind) {
    case 'aws':
      return {
        why: FORBIDDEN_STATUSES.includes(failure.status) ? 'not-allowed' : 'unreachable',
        detail: `${failure.operation} ${failure.name}`,
      };
    case 'aws-unreachable':
      return { why: 'unreachable', detail: `${failure.operation} ${failure.reason}` };
    default:
      return { why: 'unreachable', detail: failure.kind };
  }
}

const hex = (code: number) => `0x${code.toString(16).padStart(2, '0')}`;
