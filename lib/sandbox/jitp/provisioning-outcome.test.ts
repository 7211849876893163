import { expect, it } from 'vitest';
import { explainProvisioning } from './provisioning-outcome';

it.each([
  ['The thing does not exist', 'a text without full stop'],
  ['The thing does not exist.', 'a text with one'],
])("ends AWS's sentence before its own: %s (%s)", (awsMessage) => {
  const { message } = explainProvisioning({
    kind: 'step-failed',
    action: 'iot:CreateThing',
    awsName: 'ResourceNotFoundException',
    awsMessage,
  });
  expect(message).toBe(
    'iot:CreateThing failed with ResourceNotFoundException: The thing does not exist. The certificate stays PENDING_ACTIVATION; connect again to retry.',
  );
});
