/**
 * A decision with everything that led to it: which policy says what, for simulations that show their reasons.
 * AWS IoT API Reference, "AuthResult"; IAM API Reference, "EvaluationResult".
 * @module
 */
import {
  type Decision,
  judgeStatements,
  type MatchedStatement,
  type NamedPolicy,
  noMissingContext,
  type PolicyRequest,
} from './decide';

export type DecisionByPolicy = {
  /** As {@link decide} decides. */
  decision: Decision['decision'];
  /** Names of policies that allow and do not deny. */
  allowing: string[];
  /** Names of policies with a Deny that applies. */
  denying: string[];
  /** Names of policies that say nothing about the request. */
  silent: string[];
  /** Every statement that applies, those of the losing effect as well. */
  applying: MatchedStatement[];
  /** Names of the variables and condition keys that the request had no value for. */
  missingContextValues: string[];
};

/** Decides one request like `decide`, and reads on where that stops. */
export function decideByPolicy(policies: readonly NamedPolicy[], request: PolicyRequest): DecisionByPolicy {
  const missing = noMissingContext();
  const allowing = new Set<string>();
  const denying = new Set<string>();
  const applying: MatchedStatement[] = [];
  for (const { effect, verdict, ...statement } of judgeStatements(policies, request, missing)) {
    if (verdict !== 'applies') continue;
    applying.push(statement);
    (effect === 'Deny' ? denying : allowing).add(statement.policyName);
  }
  for (const name of denying) allowing.delete(name);
  const names = policies.map(({ name }) => name);
  return {
    decision: denying.size > 0 ? 'explicit-deny' : allowing.size > 0 ? 'allowed' : 'implicit-deny',
    allowing: [...allowing],
    denying: [...denying],
    silent: names.filter((name) => !allowing.has(name) && !denying.has(name)),
    applying,
    missingContextValues: [...new Set([...missing.variables, ...missing.conditionKeys])],
  };
}
