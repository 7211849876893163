import type { Scope } from '@/lib/sandbox/scope';
import type { JsonObject } from '@/lib/sandbox/shadows/json';
import type { ShadowName } from './shadow-tables';
import { shadowTopic } from './shadow-topics';

export type Publication = { topic: string; document: JsonObject };

/** Publishes on topics of a shadow, in order, once what the documents say is durable. Never rejects. */
export async function publishDocuments(
  { sandbox, region }: Pick<Scope, 'sandbox' | 'region'>,
  name: ShadowName,
  publications: readonly Publication[],
): Promise<void> {
  try {
    await sandbox.durable();
    for (const { topic, document } of publications) {
      await sandbox.messageBus?.publish({
        region: region.name,
        topic: shadowTopic(name, topic),
        payload: Buffer.from(JSON.stringify(document)),
        qos: 1,
        retain: false,
      });
    }
  } catch {
    // The broker or the disk is gone, and with it everybody who could be told.
  }
}
