/**
 * Whether a role's trust policy lets somebody assume it.
 * IAM User Guide, "IAM JSON policy elements: Principal".
 * @module
 */
import { evaluateCondition } from './conditions';
import { matchesAction } from './decide';
import type { PolicyContext } from './policy-context';
import { parsePolicy } from './policy-document';
import type { PolicyFault } from './policy-fault';
import type { Principals, Statement } from './policy-statement';

export type TrustVerdict =
  | { kind: 'trusted' }
  | { kind: 'not-trusted' }
  /** A Deny names who asks. */
  | { kind: 'denied' }
  /** Trusted only under conditions that the given context does not meet. */
  | { kind: 'conditional'; keys: string[] }
  | { kind: 'malformed'; faults: PolicyFault[] };

/**
 * Judges `sts:AssumeRole` by `service`.
 *
 * @param document - the trust policy's text (IAM hands it out URL-encoded; decode it first)
 * @param context - what is known of the request, e.g. `connectionContext({ extra: { 'aws:SourceAccount': … } })`
 */
export function judgeTrust(document: string, service: string, context: PolicyContext): TrustVerdict {
  const isNamed = ({ byType }: Principals) => byType.get('Service')?.includes(service) ?? false;
  return judge(document, 'sts:AssumeRole', isNamed, context);
}

/**
 * Judges another act of a service on what the policy is attached to: `lambda:InvokeFunction` on a function, for one.
 *
 * @param document - the resource-based policy's text
 */
export function judgeServiceAct(
  document: string,
  { service, action }: { service: string; action: string },
  context: PolicyContext,
): TrustVerdict {
  const isNamed = ({ byType }: Principals) => byType.get('Service')?.includes(service) ?? false;
  return judge(document, action, isNamed, context);
}

/**
 * Judges `sts:AssumeRole` by somebody of an account whose identity is not known more closely: a trust policy that names
 * the account or anybody in it trusts them.
 *
 * @param accountId - twelve digits
 * @param context - what is known of the request, e.g. its `sts:ExternalId`
 */
export function judgeAccountTrust(document: string, accountId: string, context: PolicyContext): TrustVerdict {
  const arn = new RegExp(`^arn:aws(-cn|-us-gov)?:(iam|sts)::${accountId}:`);
  const isNamed = ({ byType }: Principals) =>
    byType.get('AWS')?.some((name) => name === accountId || arn.test(name)) ?? false;
  return judge(document, 'sts:AssumeRole', isNamed, context);
}

function judge(
  document: string,
  action: string,
  isNamed: (principals: Principals) => boolean,
  context: PolicyContext,
): TrustVerdict {
  const parsed = parsePolicy(document, 'trust');
  if (!parsed.ok) return { kind: 'malformed', faults: parsed.failure };
  const concerned = parsed.value.statements.filter(
    ({ actions, principals }) =>
      principals !== undefined &&
      matchesAction(actions, action) &&
      (principals.everybody || isNamed(principals)) !== principals.negated,
  );
  const holds = ({ conditions, effect }: Statement) =>
    conditions.every((condition) => evaluateCondition(condition, context, effect === 'Deny').holds);
  if (concerned.some((statement) => statement.effect === 'Deny' && holds(statement)))
    return { kind: 'denied' };
  const allows = concerned.filter(({ effect }) => effect === 'Allow');
  if (allows.some(holds)) return { kind: 'trusted' };
  if (allows.length === 0) return { kind: 'not-trusted' };
  const keys = allows.flatMap(({ conditions }) => conditions.map(({ key }) => key));
  return { kind: 'conditional', keys: [...new Set(keys)] };
}
