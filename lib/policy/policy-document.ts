/**
 * Policy documents: IoT policies, and the IAM trust and identity policies of a provisioning role.
 * AWS IoT Developer Guide, "AWS IoT Core policies"; IAM User Guide, "IAM JSON policy elements reference".
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import { isJsonObject, type JsonValue, member, readJson } from './json-text';
import {
  policyFault as fault,
  type PolicyDialect,
  type PolicyFault,
  type PolicyFinding,
  type Reading,
  refuseUnknown,
} from './policy-fault';
import { parseStatement, type Statement } from './policy-statement';

/** A policy read once and decided often. */
export type Policy = {
  readonly version: string | undefined;
  readonly statements: readonly Statement[];
  readonly findings: readonly PolicyFinding[];
};

/** AWS IoT quota "Policy document size": 2048 characters, white space not counted. */
export const POLICY_CHARACTERS_MAX = 2048;
/** Longest `policyDocument` the IoT API's own shape lets through, white space included. */
export const POLICY_INPUT_CHARACTERS_MAX = 404_600;

/**
 * Reads a policy document.
 *
 * @param document - JSON text, or the value already read
 * @returns the policy, or every fault found (the first only when the text is no JSON). Never throws.
 */
export function parsePolicy(
  document: string | JsonValue,
  dialect: PolicyDialect = 'iot',
): Result<Policy, PolicyFault[]> {
  if (typeof document === 'string') {
    const tooLong = sizeFault(document, dialect);
    if (tooLong !== undefined) return fail([tooLong]);
    const read = readJson(document);
    if (!read.ok) return fail([fault('not-json', '$', {}, read.failure)]);
    return parseValue(read.value, dialect);
  }
  const tooLong = sizeFault(JSON.stringify(document), dialect);
  return tooLong === undefined ? parseValue(document, dialect) : fail([tooLong]);
}

/** Characters that count against {@link POLICY_CHARACTERS_MAX}. */
export function policyCharacters(document: string): number {
  return document.replace(/\s+/g, '').length;
}

function sizeFault(text: string, dialect: PolicyDialect): PolicyFault | undefined {
  if (text.length > POLICY_INPUT_CHARACTERS_MAX) {
    return fault('input-too-long', '$', { characters: text.length, max: POLICY_INPUT_CHARACTERS_MAX });
  }
  const characters = policyCharacters(text);
  if (dialect === 'iot' && characters > POLICY_CHARACTERS_MAX) {
    return fault('too-large', '$', { characters, max: POLICY_CHARACTERS_MAX });
  }
  return undefined;
}

const VERSION_WITH_VARIABLES = '2012-10-17';
const VERSIONS: readonly string[] = [VERSION_WITH_VARIABLES, '2008-10-17'];
const DOCUMENT_ELEMENTS: readonly string[] = ['Version', 'Id', 'Statement'];
function parseValue(value: JsonValue, dialect: PolicyDialect): Result<Policy, PolicyFault[]> {
  if (!isJsonObject(value)) return fail([fault('not-an-object', '$')]);
  const version = member(value, 'Version');
  // IAM: only the 2012 version knows variables; in the older one, also the default, `${…}` is literal text.
  const variables = version === VERSION_WITH_VARIABLES;
  const reading: Reading = { dialect, variables, faults: [], findings: [] };
  refuseUnknown(value, DOCUMENT_ELEMENTS, '$', reading);
  if (version !== undefined && !(typeof version === 'string' && VERSIONS.includes(version))) {
    reading.faults.push(fault('version-unknown', '$.Version'));
  }
  if (!variables && dialect === 'iot') {
    reading.findings.push({ code: 'version-without-variables', path: '$.Version', params: {} });
  }

  const statements = parseStatements(member(value, 'Statement'), reading);
  if (reading.faults.length > 0) return fail(reading.faults);
  return ok({
    version: typeof version === 'string' ? version : undefined,
    statements,
    findings: reading.findings,
  });
}

function parseStatements(value: JsonValue | undefined, reading: Reading): Statement[] {
  // IAM lets a single statement stand without its brackets.
  const isList = Array.isArray(value);
  const items = isList ? value : value === undefined ? [] : [value];
  if (items.length === 0) reading.faults.push(fault('statement-missing', '$.Statement'));
  return items.flatMap((item, index) => {
    const path = isList ? `$.Statement[${index}]` : '$.Statement';
    if (!isJsonObject(item)) {
      reading.faults.push(fault('not-an-object', path));
      return [];
    }
    const statement = parseStatement(item, index, path, reading);
    return statement === undefined ? [] : [statement];
  });
}
