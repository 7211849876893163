/**
 * Findings about something that AWS does not have, and that can be made there.
 * @module
 */
import type { TemplateLint, TemplateLintId } from '@/lib/provisioning/lint/template-finding';
import type { AwsChange } from '@/lib/registry/cli';

export type MissingKind = 'thing-type' | 'thing-group' | 'billing-group' | 'policy';
export type MissingName = { kind: MissingKind; name: string };

const KINDS: Partial<Record<TemplateLintId, MissingKind>> = {
  'thing-type-not-found': 'thing-type',
  'thing-group-not-found': 'thing-group',
  'billing-group-not-found': 'billing-group',
  'policy-not-found': 'policy',
};

/** What a finding misses; undefined for all others. */
export function missingName({ id, params }: TemplateLint): MissingName | undefined {
  const kind = KINDS[id];
  const name = params['name'];
  return kind === undefined || typeof name !== 'string' ? undefined : { kind, name };
}

/** The change that makes it. */
export function creationOf({ kind, name }: MissingName, document: string): AwsChange {
  return kind === 'policy'
    ? { kind: 'create-policy', policyName: name, document }
    : { kind: `create-${kind}`, name };
}
