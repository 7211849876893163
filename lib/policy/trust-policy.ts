/**
 * Whether a role's trust policy lets a service assume it.
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
  /** A Deny names the service. */
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
  const parsed = parsePolicy(document, 'trust');
  if (!parsed.ok) return { kind: 'malformed', faults: parsed.failure };
  const concerned = parsed.value.statements.filter(
    ({ actions, principals }) =>
      matchesAction(actions, 'sts:AssumeRole') && namesService(principals, service),
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

function namesService(principals: Principals | undefined, service: string): boolean {
  if (principals === undefined) return false;
  const isNamed = principals.byType.get('Service')?.includes(service) ?? false;
  return (principals.everybody || isNamed) !== principals.negated;
}
