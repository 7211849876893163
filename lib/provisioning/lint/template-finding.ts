/**
 * What can be said of a template, where, and what mends it.
 * @module
 */
import { applyJsonEdits, type JsonEdit, type JsonEditFault } from '@/lib/policy/json-edit';
import { compactJson } from '@/lib/policy/json-layout';
import { rangeInLiteral, stringOffsets } from '@/lib/policy/json-string';
import { type JsonPath, nodeAt, readJsonTree, type TextRange } from '@/lib/policy/json-tree';
import type { PolicyLintId, Severity } from '@/lib/policy/lint/policy-finding';
import type { FailureCode, ProvisioningFinding } from '@/lib/provisioning/provisioning-failure';
import { ok, type Result } from '@/lib/result';

export type TemplateLintId =
  | FailureCode
  | ProvisioningFinding['code']
  | 'template-size-near-limit'
  | 'thing-name-constant'
  | 'thing-name-not-unique'
  | 'serial-number-two-meanings'
  | 'field-never-in-certificates'
  | 'field-not-in-every-certificate'
  | 'too-many-policies'
  | 'connect-not-allowed'
  | 'role-missing'
  | 'role-other-account'
  | 'role-not-assumable'
  | 'role-action-missing'
  | `policy/${PolicyLintId}`;

export type TemplateFix =
  | { kind: 'edit'; edits: readonly JsonEdit[] }
  | { kind: 'compact' }
  /** Everywhere in the text, inside strings of whatever depth: neither side has a character that JSON escapes. */
  | { kind: 'replace'; found: string; replacement: string };

export type TemplateLint = {
  id: TemplateLintId;
  severity: Severity;
  /** In the template; empty for the whole, or for the role. */
  path: JsonPath;
  /** Further inside the policy document at `path`. */
  policyPath: JsonPath | undefined;
  /** In the template's text; undefined where the finding is about the role. */
  range: TextRange | undefined;
  params: Record<string, string | number>;
  fix: TemplateFix | undefined;
};

/** The template's text with a finding mended. */
export function applyFix(text: string, fix: TemplateFix): Result<string, JsonEditFault> {
  switch (fix.kind) {
    case 'compact':
      return ok(compactJson(text));
    case 'replace':
      return ok(text.replaceAll(fix.found, fix.replacement));
    case 'edit':
      return applyJsonEdits(text, fix.edits);
  }
}

/**
 * Where a finding stands in the text of the registration config, three levels of escaping deep at most; undefined where
 * the config does not hold the place.
 */
export function rangeInConfig(
  configText: string,
  { path, policyPath }: Pick<TemplateLint, 'path' | 'policyPath'>,
): TextRange | undefined {
  const inPolicy = policyPath === undefined ? [] : [policyPath];
  return rangeThrough(configText, [['templateBody'], path, ...inPolicy]);
}

/** The range of a path in a text, of the next path in the string found there, and so on. */
function rangeThrough(text: string, [path, ...deeper]: readonly JsonPath[]): TextRange | undefined {
  const read = readJsonTree(text);
  const node = read.ok && path !== undefined ? nodeAt(read.value, path) : undefined;
  if (node === undefined || deeper.length === 0) return node && { start: node.start, end: node.end };
  // A policy document that stands there as an object goes on in the same text.
  if (node.kind !== 'scalar')
    return rangeThrough(text, [[...(path ?? []), ...(deeper[0] ?? [])], ...deeper.slice(1)]);
  if (typeof node.value !== 'string') return undefined;
  const inner = rangeThrough(node.value, deeper);
  return inner && rangeInLiteral(stringOffsets(text, node), inner);
}
