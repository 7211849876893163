import { fail, ok, type Result } from '@/lib/result';
import { isJsonObject, type JsonObject, type JsonValue, ownMember } from './json';

/** What a request asks a shadow to become. */
export type ShadowUpdate = {
  /** Null removes both sections, as a null section removes that one. */
  state: { desired?: JsonObject | null; reported?: JsonObject | null } | null;
  /** The update is for this version only. */
  version?: number;
  clientToken?: string;
};

/** A refusal in AWS's words (AWS IoT Developer Guide, "Device Shadow error messages"). */
export type ShadowFault = { code: 400 | 404 | 409 | 413 | 415 | 429; message: string };

const CLIENT_TOKEN_BYTES_MAX = 64;
/** AWS IoT Core quotas, levels of `desired` and of `reported`; 5 until 2023. */
const LEVELS_MAX = 8;

const invalid = (message: string) => fail<ShadowFault>({ code: 400, message });

/** Reads an update request. Total: any text gives an update or a fault. */
export function readUpdate(text: string): Result<ShadowUpdate, ShadowFault> {
  const document = parsed(text);
  if (!isJsonObject(document)) return invalid('Payload contains invalid json');
  const state = ownMember(document, 'state');
  if (state === undefined) return invalid('Missing required node: state');
  const version = ownMember(document, 'version');
  const clientToken = ownMember(document, 'clientToken');
  const sections = readState(state);
  if (!sections.ok) return sections;
  if (version !== undefined && !isVersion(version)) return invalid('Invalid version');
  if (clientToken !== undefined && !isClientToken(clientToken)) return invalid('Invalid clientToken');
  return ok({
    state: sections.value,
    ...(version === undefined ? {} : { version }),
    ...(clientToken === undefined ? {} : { clientToken }),
  });
}

/** The token that a request wants back, also when the rest of it is wrong or absent. */
export function clientTokenOf(text: string): string | undefined {
  const document = parsed(text);
  const token = isJsonObject(document) ? ownMember(document, 'clientToken') : undefined;
  return isClientToken(token) ? token : undefined;
}

function readState(state: JsonValue): Result<ShadowUpdate['state'], ShadowFault> {
  if (state === null) return ok(null);
  if (!isJsonObject(state)) return invalid('State node must be an object');
  const foreign = Object.keys(state).find((key) => key !== 'desired' && key !== 'reported');
  if (foreign !== undefined) return invalid(`State contains an invalid node: '${foreign}'`);
  const desired = ownMember(state, 'desired');
  const reported = ownMember(state, 'reported');
  if (!isSection(desired)) return invalid('Desired node must be an object');
  if (!isSection(reported)) return invalid('Reported node must be an object');
  for (const section of [desired, reported]) {
    if (levelsOf(section ?? null) > LEVELS_MAX) {
      return invalid(`JSON contains too many levels of nesting; maximum is ${LEVELS_MAX}`);
    }
    // "Arrays can't have null values" (guide, "Device Shadow service documents").
    if (holdsNullItem(section ?? null)) return invalid('State contains an invalid node');
  }
  return ok({
    ...(desired === undefined ? {} : { desired }),
    ...(reported === undefined ? {} : { reported }),
  });
}

const isSection = (value: JsonValue | undefined): value is JsonObject | null | undefined =>
  value === undefined || value === null || isJsonObject(value);

const isVersion = (value: JsonValue): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const isClientToken = (value: JsonValue | undefined): value is string =>
  typeof value === 'string' && new TextEncoder().encode(value).length <= CLIENT_TOKEN_BYTES_MAX;

/** Stops counting above the maximum: how deep a body goes is its sender's choice. */
function levelsOf(value: JsonValue, left = LEVELS_MAX + 1): number {
  if (typeof value !== 'object' || value === null || left === 0) return 0;
  const inner = Object.values(value).map((member: JsonValue) => levelsOf(member, left - 1));
  return 1 + inner.reduce((most, levels) => Math.max(most, levels), 0);
}

function holdsNullItem(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const members: JsonValue[] = Object.values(value);
  return (Array.isArray(value) && members.includes(null)) || members.some(holdsNullItem);
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
