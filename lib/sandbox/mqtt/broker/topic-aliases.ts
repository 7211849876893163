/**
 * Numbers that stand for topics, for the life of one connection and one direction.
 * MQTT 5 section 3.3.2.3.4; AWS IoT Core quotas: 8 in each direction.
 * @module
 */
export const TOPIC_ALIASES_MAX = 8;
/** No topic is longer, basic ingest's with the name of its rule included; what is kept must be bounded. */
const TOPIC_CHARACTERS_MAX = 512;

export type AliasedTopic =
  | { kind: 'topic'; topic: string }
  /** Not a number that was offered, or for a topic that can be none. */
  | { kind: 'invalid' }
  /** Never given a topic, or neither topic nor alias. */
  | { kind: 'unknown' };

/** What a client's aliases stand for. */
export class InboundAliases {
  readonly #topics = new Map<number, string>();

  resolve(topic: string, alias: number | undefined): AliasedTopic {
    if (alias === undefined) return topic === '' ? { kind: 'unknown' } : { kind: 'topic', topic };
    if (alias < 1 || alias > TOPIC_ALIASES_MAX || topic.length > TOPIC_CHARACTERS_MAX)
      return { kind: 'invalid' };
    if (topic !== '') this.#topics.set(alias, topic);
    const known = this.#topics.get(alias);
    return known === undefined ? { kind: 'unknown' } : { kind: 'topic', topic: known };
  }
}

/** Gives the first topics that are sent to a client a number each, as many as it can take. */
export class OutboundAliases {
  readonly #aliases = new Map<string, number>();
  readonly #aliasesMax: number;

  /** @param clientMax - the client's Topic Alias Maximum */
  constructor(clientMax: number) {
    this.#aliasesMax = Math.min(clientMax, TOPIC_ALIASES_MAX);
  }

  /** What to send for a topic: the topic itself, the topic with its new alias, or the alias alone. */
  shorten(topic: string): { topic: string; topicAlias?: number } {
    const known = this.#aliases.get(topic);
    if (known !== undefined) return { topic: '', topicAlias: known };
    if (this.#aliases.size >= this.#aliasesMax) return { topic };
    const topicAlias = this.#aliases.size + 1;
    this.#aliases.set(topic, topicAlias);
    return { topic, topicAlias };
  }
}
