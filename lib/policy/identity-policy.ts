/**
 * Whether a role's permission policies allow an action.
 * IAM User Guide, "Policy evaluation logic".
 * @module
 */
import { decide, matchesAction, type NamedPolicy } from './decide';
import type { PolicyContext } from './policy-context';
import { parsePolicy } from './policy-document';
import type { PolicyFault } from './policy-fault';

export type IdentityPolicies = {
  policies: NamedPolicy[];
  /** Policies we could not read; they count for nothing. */
  malformed: { name: string; faults: PolicyFault[] }[];
};

/** `partly`: some statement allows the action, but only on other resources or under conditions not met here. */
export type IdentityVerdict = 'allowed' | 'partly' | 'explicit-deny' | 'implicit-deny';

/** Reads inline and managed policies once, for {@link judgeAction}. */
export function readIdentityPolicies(
  documents: readonly { name: string; document: string }[],
): IdentityPolicies {
  const policies: NamedPolicy[] = [];
  const malformed: IdentityPolicies['malformed'] = [];
  for (const { name, document } of documents) {
    const parsed = parsePolicy(document, 'identity');
    if (parsed.ok) policies.push({ name, policy: parsed.value });
    else malformed.push({ name, faults: parsed.failure });
  }
  return { policies, malformed };
}

/**
 * Judges one action.
 *
 * @param resource - an ARN, or `*` for "whatever it may be"
 */
export function judgeAction(
  policies: readonly NamedPolicy[],
  request: { action: string; resource: string; context: PolicyContext },
): IdentityVerdict {
  const { decision } = decide(policies, request);
  if (decision !== 'implicit-deny') return decision;
  const isMentioned = policies.some(({ policy }) =>
    policy.statements.some(
      ({ effect, actions }) => effect === 'Allow' && matchesAction(actions, request.action),
    ),
  );
  return isMentioned ? 'partly' : 'implicit-deny';
}
