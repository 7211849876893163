import 'server-only';
import type { z } from 'zod';
import type { ConnectionState, ShownMessage, STREAM_EVENTS } from '@/components/mqtt-client/answers';
import type { MqttFault, MqttMessage, MqttState } from '@/lib/aws/mqtt/mqtt-types';

type StreamEvent = { [Name in keyof typeof STREAM_EVENTS]: z.input<(typeof STREAM_EVENTS)[Name]> };

/** One event of the stream (HTML, "Server-sent events", section 9.2.6). */
export function eventText<Name extends keyof StreamEvent>(name: Name, data: StreamEvent[Name]): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

export function shown({ topic, payload, qos, retain, properties, receivedAt }: MqttMessage): ShownMessage {
  const { correlationData, userProperties, ...plain } = properties;
  return {
    topic,
    payload: Buffer.from(payload).toString('base64'),
    qos,
    retain,
    receivedAt: receivedAt.toISOString(),
    properties: {
      ...plain,
      correlationData: correlationData && Buffer.from(correlationData).toString('base64'),
      userProperties: userProperties?.map(([name, value]): [string, string] => [name, value]),
    },
  };
}

export function stateForPage(state: MqttState): ConnectionState {
  switch (state.kind) {
    case 'connected':
      return { kind: 'connected', since: state.since.toISOString() };
    case 'waiting':
      return {
        kind: 'waiting',
        why: reasonOf(state.fault),
        failure: state.fault.kind === 'aws' ? state.fault.failure : undefined,
        retryAt: state.retryAt.toISOString(),
      };
    case 'connecting':
    case 'closed':
      return { kind: state.kind };
  }
}

function reasonOf(fault: MqttFault): string {
  switch (fault.kind) {
    case 'aws':
      return 'aws';
    case 'upgrade-refused':
      return `HTTP ${fault.status}`;
    case 'connect-refused':
      return `CONNACK 0x${fault.reasonCode.toString(16)}`;
    case 'disconnected':
      return `DISCONNECT 0x${fault.reasonCode.toString(16)}`;
    case 'lost':
      return fault.reason ?? 'closed';
  }
}
