/**
 * Where a bundle says that its device connects, and under which name: our manifest, or the mosquitto lines of a read-me.
 * @module
 */

export type BundleTarget = {
  /** The manifest's: which of several certificates is the device's. */
  certificateId: string | undefined;
  host: string | undefined;
  port: number | undefined;
  clientId: string | undefined;
};

const NOTHING: BundleTarget = {
  certificateId: undefined,
  host: undefined,
  port: undefined,
  clientId: undefined,
};

/** RFC 1035 section 2.3.4. */
const HOST_CHARACTERS_MAX = 253;
/** AWS IoT: a client id has at most 128 characters. */
const CLIENT_ID_CHARACTERS_MAX = 128;

/** The first file that says anything; a manifest before commands. */
export function readBundleTarget(texts: readonly string[]): BundleTarget {
  const manifests = texts.flatMap((text) => readManifest(text) ?? []);
  const commands = texts.flatMap((text) => readCommands(text) ?? []);
  return manifests[0] ?? commands[0] ?? NOTHING;
}

function readManifest(text: string): BundleTarget | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  const value = parse(text);
  if (value === undefined || !('manifestVersion' in value)) return undefined;
  return {
    certificateId: wordOf(value, 'certificateId', 64),
    host: wordOf(value, 'endpoint', HOST_CHARACTERS_MAX),
    port: portOf(Number(Reflect.get(value, 'port'))),
    clientId: wordOf(value, 'thingName', CLIENT_ID_CHARACTERS_MAX),
  };
}

/** The first `mosquitto_pub` or `mosquitto_sub` line, its short options with or without quotes. */
function readCommands(text: string): BundleTarget | undefined {
  const line = /^.*\bmosquitto_(?:pub|sub)\b.*$/m.exec(text.replace(/\\\r?\n/g, ' '))?.[0];
  if (line === undefined) return undefined;
  const option = (name: string) =>
    new RegExp(String.raw`\s-${name}\s+(?:'([^']*)'|"([^"]*)"|(\S+))`).exec(line);
  const wordAfter = (name: string) =>
    option(name)
      ?.slice(1)
      .find((value) => value !== undefined);
  return {
    certificateId: undefined,
    host: bounded(wordAfter('h'), HOST_CHARACTERS_MAX),
    port: portOf(Number(wordAfter('p') ?? Number.NaN)),
    clientId: bounded(wordAfter('i'), CLIENT_ID_CHARACTERS_MAX),
  };
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const bounded = (value: unknown, charactersMax: number): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= charactersMax ? value : undefined;

const wordOf = (value: object, name: string, charactersMax: number) =>
  bounded(Reflect.get(value, name), charactersMax);

const portOf = (port: number): number | undefined =>
  Number.isInteger(port) && port > 0 && port <= 65_535 ? port : undefined;
