/**
 * What was typed into the MQTT client, over a reload of its tab: the filters and the message that was being written.
 * @module
 */
import { z } from 'zod';
import { DRAFT_PREFIX } from '@/lib/browser/tab-drafts';
import { PAYLOAD_FORMS } from './payload-text';

const qos = z.union([z.literal(0), z.literal(1)]);

const publishForm = z.object({
  topic: z.string(),
  payload: z.string(),
  form: z.enum(PAYLOAD_FORMS),
  qos,
  retain: z.boolean(),
  contentType: z.string(),
  responseTopic: z.string(),
  /** Hexadecimal digits. */
  correlationData: z.string(),
  /** Seconds, as typed. */
  expiry: z.string(),
  /** One `name: value` a line. */
  userProperties: z.string(),
});
export type PublishForm = z.output<typeof publishForm>;

export const EMPTY_PUBLISH_FORM: PublishForm = {
  topic: '',
  payload: '',
  form: 'text',
  qos: 0,
  retain: false,
  contentType: '',
  responseTopic: '',
  correlationData: '',
  expiry: '',
  userProperties: '',
};

const keptWork = z.object({
  wanted: z.array(z.object({ filter: z.string(), qos })),
  publish: publishForm,
});
export type KeptWork = z.output<typeof keptWork>;

export const workKey = (place: { environment: string; operatorId: string }) =>
  `${DRAFT_PREFIX}mqtt-client/${place.operatorId}/${place.environment}`;

/** @returns undefined where nothing is kept, or nothing that can be read */
export function readWork(storage: Pick<Storage, 'getItem'>, key: string): KeptWork | undefined {
  try {
    return keptWork.safeParse(JSON.parse(storage.getItem(key) ?? 'null')).data;
  } catch {
    return undefined;
  }
}

/** Keeps nothing where the browser keeps nothing: the page works without. */
export function writeWork(storage: Pick<Storage, 'setItem'>, key: string, work: KeptWork): void {
  try {
    storage.setItem(key, JSON.stringify(work));
  } catch {
    // Full, or forbidden by the person: a reload then begins anew.
  }
}
