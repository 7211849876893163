import 'server-only';
import { publishRequest } from '@/components/mqtt-client/answers';
import type { ActionSpec } from '@/lib/actions/run-action';
import { admitPublish } from '@/lib/aws/mqtt/tabs/publish-rate';
import { failureOfRefusal } from '@/lib/aws/mqtt/tabs/refusal-failure';
import { findTabClient } from '@/lib/aws/mqtt/tabs/tab-clients';
import { environmentId } from '@/lib/config/environment-list';
import { sha256Hex } from '@/lib/pki/digest';
import { PAYLOAD_BYTES_MAX, topicFault } from '@/lib/registry/mqtt-topic';
import { fail, ok } from '@/lib/result';

const input = publishRequest.extend({ environment: environmentId });

/** Sends one message by the client of an open page. The audit log names its topic and digest; what is in it stays between the devices. */
export const publishMessage: ActionSpec<'mqtt:publish', typeof input, undefined> = {
  name: 'mqtt.publish',
  permission: 'mqtt:publish',
  input,
  resource: ({ topic }) => topic,
  admit: async (_input, { operator, now }) =>
    operator === undefined ? { kind: 'signed-out' } : admitPublish(operator.id, now.getTime()),
  async run({ tab, topic, payload, qos, retain, properties }, { environment, operator, audit }) {
    const fault = topicFault(topic);
    if (fault !== undefined) return fail({ kind: 'invalid-input', fields: { topic: [{ code: fault }] } });
    const bytes = Buffer.from(payload, 'base64');
    if (bytes.length > PAYLOAD_BYTES_MAX) {
      return fail({ kind: 'invalid-input', fields: { payload: [{ code: 'too-long' }] } });
    }
    const client = findTabClient({ environment, operatorId: operator.id, tab });
    if (client === undefined) return fail({ kind: 'mqtt', reason: 'not-connected', detail: '' });
    audit.after({
      bytes: bytes.length,
      sha256: sha256Hex(bytes),
      qos,
      retain,
    });
    const { correlationData, ...plain } = properties;
    const sent = await client.publish({
      topic,
      payload: bytes,
      qos,
      retain,
      properties: {
        ...plain,
        ...(correlationData !== undefined && { correlationData: Buffer.from(correlationData, 'base64') }),
      },
    });
    return sent.ok ? ok(undefined) : fail(failureOfRefusal(sent.failure));
  },
};
