/**
 * Request topics that AWS serves and the sandbox does not: jobs, and fleet provisioning by claim. Devices are told so in the
 * form of the service's own rejections, at once, instead of waiting for an answer that never comes.
 * AWS IoT Core Developer Guide, "Jobs device MQTT API operations" and "Device provisioning MQTT API".
 * @module
 */
import type { HeardMessage, MessageBus } from '@/lib/sandbox/message-bus';
import { clientTokenOf } from '@/lib/sandbox/shadows/read-update';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';

const JOBS = /^\$aws\/things\/[^/]+\/jobs\/(?:get|start-next|[^/]+\/(?:get|update))$/;
const FLEET_PROVISIONING =
  /^\$aws\/(?:certificates\/create(?:-from-csr)?|provisioning-templates\/[^/]+\/provision)\/(?<format>json|cbor)$/;

/** Rejects what is published to those topics. Answers what ends it. */
export function rejectUnserved(bus: MessageBus, sandbox: SandboxState, now: () => Date): () => void {
  return bus.listen((message) => {
    const rejection = rejectionOf(message, now());
    if (rejection === undefined || message.isWill) return;
    const { region, topic, clientId } = message;
    const event = { code: 'request-not-served', message: rejection.sentence, region, clientId };
    sandbox.explanations.explain({ ...event, params: { topic } }, now());
    if (rejection.document === undefined) return;
    const payload = Buffer.from(JSON.stringify(rejection.document));
    // Fails only where the broker is gone, and with it everybody who could be told.
    void bus
      .publish({ region, topic: `${topic}/rejected`, payload, qos: 1, retain: false })
      .catch(() => undefined);
  });
}

function rejectionOf({ topic, payload }: HeardMessage, now: Date) {
  if (JOBS.test(topic)) {
    const sentence = 'The sandbox does not serve AWS IoT Jobs.';
    const clientToken = clientTokenOf(Buffer.from(payload).toString());
    const timestamp = Math.floor(now.getTime() / 1000);
    // InvalidTopic: "does not map to any API operation".
    return { sentence, document: { code: 'InvalidTopic', message: sentence, clientToken, timestamp } };
  }
  const format = FLEET_PROVISIONING.exec(topic)?.groups?.['format'];
  if (format === undefined) return undefined;
  const sentence = 'The sandbox does not serve fleet provisioning by claim, only just-in-time provisioning.';
  if (format === 'cbor') return { sentence, document: undefined };
  return { sentence, document: { statusCode: 501, errorCode: 'NotImplemented', errorMessage: sentence } };
}
