/**
 * The decision of a set of policies about one request.
 * AWS IoT Developer Guide, "AWS IoT Core policies"; IAM User Guide, "Policy evaluation logic": everything is denied
 * unless allowed, and an explicit Deny wins.
 * @module
 */
import { evaluateCondition } from './conditions';
import { matchPattern } from './pattern';
import { type PolicyContext, variableLookup } from './policy-context';
import { type Policy, parsePolicy } from './policy-document';
import type { PolicyFault } from './policy-fault';
import type { PatternList, Statement } from './policy-statement';

export type NamedPolicy = { readonly name: string; readonly policy: Policy };

export type PolicyRequest = {
  /** For example `iot:Connect`. */
  action: string;
  /** The ARN of what is acted upon, or `*`. */
  resource: string;
  context: PolicyContext;
};

/** `statementIndex` counts from 0. */
export type MatchedStatement = { policyName: string; statementIndex: number; sid: string | undefined };

export type Decision = {
  decision: 'allowed' | 'explicit-deny' | 'implicit-deny';
  /** The statement that decided; undefined for an implicit deny. */
  matched: MatchedStatement | undefined;
  /** Variables without a value, in statements that concern this action. */
  unresolvedVariables: string[];
  /** Statements about this action that did not apply, and why: for explanations. */
  missed: MissedStatement[];
};

export type MissedStatement = MatchedStatement & {
  effect: 'Allow' | 'Deny';
  reason: 'resource' | 'condition' | 'unresolved-variable';
};

/**
 * Decides one request. Policies are read once with {@link readPolicies} or `parsePolicy` and reused.
 */
export function decide(policies: readonly NamedPolicy[], request: PolicyRequest): Decision {
  const unresolved = new Set<string>();
  const missed: MissedStatement[] = [];
  let allowed: MatchedStatement | undefined;
  for (const { name, policy } of policies) {
    for (const statement of policy.statements) {
      const verdict = judge(statement, request, unresolved);
      if (verdict === 'other-action') continue;
      const matched = { policyName: name, statementIndex: statement.index, sid: statement.sid };
      if (verdict !== 'applies') {
        missed.push({ ...matched, effect: statement.effect, reason: verdict });
      } else if (statement.effect === 'Deny') {
        return { decision: 'explicit-deny', matched, unresolvedVariables: [...unresolved], missed };
      } else {
        allowed ??= matched;
      }
    }
  }
  return {
    decision: allowed === undefined ? 'implicit-deny' : 'allowed',
    matched: allowed,
    unresolvedVariables: [...unresolved],
    missed,
  };
}

/** Reads attached policies for {@link decide}. A malformed one grants nothing and is reported. */
export function readPolicies(documents: readonly { name: string; document: string }[]): {
  policies: NamedPolicy[];
  malformed: { name: string; faults: PolicyFault[] }[];
} {
  const policies: NamedPolicy[] = [];
  const malformed: { name: string; faults: PolicyFault[] }[] = [];
  for (const { name, document } of documents) {
    const parsed = parsePolicy(document);
    if (parsed.ok) policies.push({ name, policy: parsed.value });
    else malformed.push({ name, faults: parsed.failure });
  }
  return { policies, malformed };
}

type Verdict = 'applies' | 'other-action' | MissedStatement['reason'];

function judge(statement: Statement, request: PolicyRequest, unresolved: Set<string>): Verdict {
  if (!matchesAction(statement.actions, request.action)) return 'other-action';
  const isDeny = statement.effect === 'Deny';
  if (statement.resources !== undefined) {
    const resource = matchResources(statement.resources, request);
    for (const name of resource.unresolved) unresolved.add(name);
    // NotResource with an unresolved variable: an Allow must not profit from what it could not compare.
    if (statement.resources.negated && resource.unresolved.length > 0 && !isDeny)
      return 'unresolved-variable';
    if (resource.matches === statement.resources.negated) {
      return resource.unresolved.length > 0 ? 'unresolved-variable' : 'resource';
    }
  }
  let verdict: Verdict = 'applies';
  for (const condition of statement.conditions) {
    const outcome = evaluateCondition(condition, request.context, isDeny);
    for (const name of outcome.unresolved) unresolved.add(name);
    if (!outcome.holds) verdict = outcome.unresolved.length > 0 ? 'unresolved-variable' : 'condition';
  }
  return verdict;
}

/** Whether a list of action patterns covers `action`; names are compared without regard to case. */
export function matchesAction({ negated, patterns }: PatternList, action: string): boolean {
  const name = action.toLowerCase();
  return (
    patterns.some((pattern) => matchPattern(pattern, name, () => undefined).kind === 'match') !== negated
  );
}

function matchResources({ patterns }: PatternList, { resource, context }: PolicyRequest) {
  const lookup = variableLookup(context);
  const unresolved: string[] = [];
  let matches = false;
  for (const pattern of patterns) {
    const match = matchPattern(pattern, resource, lookup);
    if (match.kind === 'match') matches = true;
    if (match.kind === 'unresolved') unresolved.push(...match.variables);
  }
  return { matches, unresolved };
}
