/**
 * What can be said of a template, where, and what mends it.
 * @module
 */
import { applyJsonEdits, type JsonEdit, type JsonEditFault } from '@/lib/policy/json-edit';
import { compactJson } from '@/lib/policy/json-layout';
import type { JsonPath, TextRange } from '@/lib/policy/json-tree';
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
