import type { MessageBus } from '@/lib/sandbox/message-bus';

type Registration = {
  region: string;
  certificateId: string;
  caCertificateId: string;
  accountId: string;
  at: Date;
};

/**
 * Tells that a certificate came by itself and waits for activation, with the fields of the AWS IoT Core Developer Guide,
 * "Register a client certificate when the client connects". AWS was measured to send null as the registration timestamp.
 */
export async function publishRegisteredEvent(
  bus: MessageBus,
  { region, certificateId, caCertificateId, accountId, at }: Registration,
): Promise<void> {
  const event = {
    certificateId,
    caCertificateId,
    timestamp: at.getTime(),
    certificateStatus: 'PENDING_ACTIVATION',
    awsAccountId: accountId,
    certificateRegistrationTimestamp: null,
  };
  await bus.publish({
    region,
    topic: `$aws/events/certificates/registered/${caCertificateId}`,
    payload: new TextEncoder().encode(JSON.stringify(event)),
    qos: 1,
    retain: false,
  });
}
