/**
 * The list that is gone through before a factory run. Codes with parameters; the sentences are in
 * `messages/<locale>/preflight.json`, and those of findings in `diagnosis.json`.
 * @module
 */
import type { Finding } from '@/lib/diagnosis/finding';

/** In the order in which they are shown: the bundle by itself, then what AWS would make of it. */
export const PRE_FLIGHT_CHECKS = [
  'certificate',
  'key',
  'chain',
  'validity',
  'endpoint',
  'server-root',
  'issuer',
  'ca',
  'contact',
  'template',
  'role',
  'names',
  'policy',
  'client-id',
] as const;
export type PreFlightCheckId = (typeof PRE_FLIGHT_CHECKS)[number];

/** `note`: it works, and should be known; `unseen`: nobody could look, so nobody may take it for good. */
export type CheckState = 'pass' | 'note' | 'fail' | 'unseen';

export const PRE_FLIGHT_CODES = [
  'certificate-found',
  'certificate-missing',
  'key-matches',
  'key-differs',
  'key-absent',
  'key-encrypted',
  'key-unusable',
  'issuer-key-inside',
  'chain-leaf-first',
  'chain-issuer-first',
  'chain-absent',
  'valid',
  'ends-soon',
  'dates-wrong',
  'endpoint-right',
  'endpoint-other',
  'endpoint-not-ats',
  'endpoint-address',
  'endpoint-port',
  'endpoint-unnamed',
  'root-verifies',
  'root-wrong',
  'root-absent',
  'issuer-registered',
  'issuer-fails',
  'ca-ready',
  'ca-not-ready',
  'contact-new',
  'contact-pending',
  'contact-active',
  'contact-stopped',
  'template-evaluates',
  'template-fails',
  'template-none',
  'role-ready',
  'role-fails',
  'names-free',
  'names-taken',
  'names-none',
  'policy-connects',
  'policy-denies',
  'policy-by-rule',
  'client-id-fits',
  'client-id-differs',
  'client-id-unnamed',
  'not-seen',
  'not-reached',
  'past',
] as const;
export type PreFlightCode = (typeof PRE_FLIGHT_CODES)[number];

/** Those that ask for something to be done, each with its sentence. */
export const REMEDIED_CODES = [
  'certificate-missing',
  'key-differs',
  'key-absent',
  'key-encrypted',
  'key-unusable',
  'issuer-key-inside',
  'chain-issuer-first',
  'chain-absent',
  'ends-soon',
  'dates-wrong',
  'endpoint-other',
  'endpoint-not-ats',
  'endpoint-address',
  'endpoint-port',
  'endpoint-unnamed',
  'root-wrong',
  'root-absent',
  'issuer-fails',
  'ca-not-ready',
  'contact-pending',
  'contact-active',
  'contact-stopped',
  'template-none',
  'names-taken',
  'policy-denies',
  'policy-by-rule',
  'client-id-differs',
  'client-id-unnamed',
  'not-seen',
  'not-reached',
] as const satisfies readonly PreFlightCode[];

export type PreFlightCheck = {
  id: PreFlightCheckId;
  state: CheckState;
  code: PreFlightCode;
  params: Readonly<Record<string, string | number>>;
  /** Causes with their remedies, where the diagnosis knows them. */
  findings: readonly Finding[];
};

export const check = (
  id: PreFlightCheckId,
  state: CheckState,
  code: PreFlightCode,
  params: PreFlightCheck['params'] = {},
): PreFlightCheck => ({ id, state, code, params, findings: [] });

/** `go` only where everything was looked at and nothing is wrong. */
export type PreFlightVerdict = 'go' | 'go-noted' | 'not-sure' | 'no-go';

export function verdictOf(checks: readonly PreFlightCheck[]): PreFlightVerdict {
  const has = (wanted: CheckState) => checks.some(({ state }) => state === wanted);
  if (has('fail')) return 'no-go';
  if (has('unseen')) return 'not-sure';
  return has('note') ? 'go-noted' : 'go';
}

export function inCheckOrder(checks: readonly PreFlightCheck[]): PreFlightCheck[] {
  const rank = ({ id }: PreFlightCheck) => PRE_FLIGHT_CHECKS.indexOf(id);
  return checks.toSorted((left, right) => rank(left) - rank(right));
}
