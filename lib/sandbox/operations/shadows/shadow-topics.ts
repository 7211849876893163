import type { ShadowName } from './shadow-tables';

export type ShadowMethod = 'get' | 'update' | 'delete';

const REQUEST_TOPIC =
  /^\$aws\/things\/(?<thingName>[a-zA-Z0-9:_-]{1,128})\/shadow(?:\/name\/(?<shadowName>[$a-zA-Z0-9:_-]{1,64}))?\/(?<method>get|update|delete)$/;

/** What a topic asks of which shadow; undefined for all other topics (guide, "Device Shadow MQTT topics"). */
export function shadowRequestOf(topic: string): { name: ShadowName; method: ShadowMethod } | undefined {
  const { thingName, shadowName = '', method } = REQUEST_TOPIC.exec(topic)?.groups ?? {};
  if (thingName === undefined || !isMethod(method)) return undefined;
  return { name: { thingName, shadowName }, method };
}

const isMethod = (text: string | undefined): text is ShadowMethod =>
  text === 'get' || text === 'update' || text === 'delete';

/** @param rest - for example `update/accepted` */
export function shadowTopic({ thingName, shadowName }: ShadowName, rest: string): string {
  const shadow = shadowName === '' ? 'shadow' : `shadow/name/${shadowName}`;
  return `$aws/things/${thingName}/${shadow}/${rest}`;
}
