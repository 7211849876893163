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
import type { Effect, PatternList, Statement } from './policy-statement';

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
  effect: Effect;
  reason: 'resource' | 'condition' | 'unresolved-variable';
};

/** What a decision asked of the request and did not get. */
export type MissingContext = { variables: Set<string>; conditionKeys: Set<string> };

export const noMissingContext = (): MissingContext => ({ variables: new Set(), conditionKeys: new Set() });

/** A statement about the request's action, and whether it applies to the request. */
export type StatementJudgement = MatchedStatement & {
  effect: Effect;
  verdict: 'applies' | MissedStatement['reason'];
};

/**
 * Decides one request. Policies are read once with {@link readPolicies} or `parsePolicy` and reused.
 */
export function decide(policies: readonly NamedPolicy[], request: PolicyRequest): Decision {
  const missing = noMissingContext();
  const missed: MissedStatement[] = [];
  let allowed: MatchedStatement | undefined;
  for (const { effect, verdict, ...statement } of judgeStatements(policies, request, missing)) {
    if (verdict !== 'applies') {
      missed.push({ ...statement, effect, reason: verdict });
    } else if (effect === 'Deny') {
      const unresolvedVariables = [...missing.variables];
      return { decision: 'explicit-deny', matched: statement, unresolvedVariables, missed };
    } else {
      allowed ??= statement;
    }
  }
  return {
    decision: allowed === undefined ? 'implicit-deny' : 'allowed',
    matched: allowed,
    unresolvedVariables: [...missing.variables],
    missed,
  };
}

/** Every statement about the request's action, in the order of the policies; what was missing is added to `missing`. */
export function* judgeStatements(
  policies: readonly NamedPolicy[],
  request: PolicyRequest,
  missing: MissingContext,
): Generator<StatementJudgement> {
  for (const { name: policyName, policy } of policies) {
    for (const statement of policy.statements) {
      const verdict = judge(statement, request, missing);
      if (verdict === 'other-action') continue;
      const { index: statementIndex, sid, effect } = statement;
      yield { policyName, statementIndex, sid, effect, verdict };
    }
  }
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

function judge(statement: Statement, request: PolicyRequest, missing: MissingContext): Verdict {
  if (!matchesAction(statement.actions, request.action)) return 'other-action';
  const isDeny = statement.effect === 'Deny';
  if (statement.resources !== undefined) {
    const resource = matchResources(statement.resources, request);
    for (const name of resource.unresolved) missing.variables.add(name);
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
    for (const name of outcome.unresolved) missing.variables.add(name);
    if (outcome.isKeyMissing) missing.conditionKeys.add(condition.key);
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
