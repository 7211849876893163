/**
 * From what was typed to the message that is sent.
 * @module
 */
import { fromHex, toBase64, utf8Bytes } from '@/lib/pki/bytes';
import { PAYLOAD_BYTES_MAX, type TopicFault, topicFault } from '@/lib/registry/mqtt-topic';
import { fail, ok, type Result } from '@/lib/result';
import { type PublishRequest, USER_PROPERTIES_BYTES_MAX } from './answers';
import type { PublishForm } from './kept-work';
import { type PayloadFault, readPayload } from './payload-text';

/** 4 bytes (MQTT 5 section 3.3.2.3.3). */
const EXPIRY_SECONDS_MAX = 0xffff_ffff;
const PROPERTY_BYTES_MAX = 256;

export type PublishFaults = {
  topic?: TopicFault;
  payload?: PayloadFault | 'too-large';
  contentType?: 'too-long';
  responseTopic?: TopicFault;
  correlationData?: 'no-hex' | 'too-long';
  expiry?: 'no-seconds';
  userProperties?: 'no-pair' | 'too-long';
};

export type Message = Omit<PublishRequest, 'environment' | 'tab'>;

/** The message, or every fault of what was typed. */
export function readPublishForm(form: PublishForm): Result<Message, PublishFaults> {
  const faults: PublishFaults = {};
  const wrongTopic = topicFault(form.topic);
  if (wrongTopic !== undefined) faults.topic = wrongTopic;
  const payload = readPayload(form.payload, form.form);
  if (!payload.ok) faults.payload = payload.failure;
  else if (payload.value.length > PAYLOAD_BYTES_MAX) faults.payload = 'too-large';

  const properties: Message['properties'] = {};
  if (form.contentType !== '') {
    if (utf8Bytes(form.contentType).length > PROPERTY_BYTES_MAX) faults.contentType = 'too-long';
    properties.contentType = form.contentType;
  }
  if (form.responseTopic !== '') {
    const wrong = topicFault(form.responseTopic);
    if (wrong !== undefined) faults.responseTopic = wrong;
    properties.responseTopic = form.responseTopic;
  }
  const digits = form.correlationData.replace(/\s+/g, '').toLowerCase();
  if (digits !== '') {
    if (!/^([0-9a-f]{2})*$/.test(digits)) faults.correlationData = 'no-hex';
    else if (digits.length / 2 > PROPERTY_BYTES_MAX) faults.correlationData = 'too-long';
    else properties.correlationData = toBase64(fromHex(digits));
  }
  const expiry = form.expiry.trim();
  if (expiry !== '') {
    const seconds = Number(expiry);
    if (/^\d{1,10}$/.test(expiry) && seconds >= 1 && seconds <= EXPIRY_SECONDS_MAX)
      properties.messageExpirySeconds = seconds;
    else faults.expiry = 'no-seconds';
  }
  const pairs = readPairs(form.userProperties);
  if (pairs === undefined) faults.userProperties = 'no-pair';
  else if (utf8Bytes(form.userProperties).length > USER_PROPERTIES_BYTES_MAX)
    faults.userProperties = 'too-long';
  else if (pairs.length > 0) properties.userProperties = pairs;

  if (Object.keys(faults).length > 0 || !payload.ok) return fail(faults);
  return ok({
    topic: form.topic,
    payload: toBase64(payload.value),
    qos: form.qos,
    retain: form.retain,
    properties: { ...properties, isUtf8: form.form !== 'hex' },
  });
}

/** One `name: value` a line; `undefined` when a line has no name. */
function readPairs(text: string): [string, string][] | undefined {
  const pairs: [string, string][] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const colon = line.indexOf(':');
    if (colon < 1) return undefined;
    pairs.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return pairs;
}
