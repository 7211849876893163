import type { PublishRequest } from '@aws-sdk/client-iot-data-plane';
import { invalidRequest } from '@/lib/sandbox/api-error';
import type { MessageProperties } from '@/lib/sandbox/message-bus';
import { checkTopicName } from './publish-topic';
import { readUserProperties } from './user-properties';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * What the message carries beside its payload for MQTT 5 subscribers; undefined for nothing. On the wire, user
 * properties and correlation data are base64 (service model, `PublishRequest`).
 *
 * @throws ApiError InvalidRequestException
 */
export function messageProperties(input: PublishRequest): MessageProperties | undefined {
  const { contentType, responseTopic, correlationData, userProperties, payloadFormatIndicator } = input;
  if (responseTopic !== undefined) checkTopicName(responseTopic);
  const properties: MessageProperties = {
    ...(payloadFormatIndicator !== undefined && { payloadFormatIndicator: isUtf8(payloadFormatIndicator) }),
    ...(contentType !== undefined && { contentType }),
    ...(responseTopic !== undefined && { responseTopic }),
    ...(correlationData !== undefined && { correlationData: bytesOf(correlationData, 'correlationData') }),
    ...(userProperties !== undefined && {
      userProperties: readUserProperties(bytesOf(String(userProperties), 'userProperties').toString('utf8')),
    }),
  };
  return Object.keys(properties).length > 0 ? properties : undefined;
}

function isUtf8(indicator: string): boolean {
  if (indicator === 'UTF8_DATA') return true;
  if (indicator === 'UNSPECIFIED_BYTES') return false;
  throw invalidRequest('payloadFormatIndicator is UNSPECIFIED_BYTES or UTF8_DATA');
}

function bytesOf(base64: string, member: string): Buffer {
  if (!BASE64.test(base64)) throw invalidRequest(`${member} is not base64`);
  return Buffer.from(base64, 'base64');
}
