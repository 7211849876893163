/**
 * What the checks are made of: the facts, and the causes that the diagnosis finds in them.
 * @module
 */
import type { Diagnosis } from '@/lib/diagnosis/diagnose';
import type { DeviceFacts } from '@/lib/diagnosis/facts';
import type { FindingCode } from '@/lib/diagnosis/finding';
import { stageOf } from '@/lib/diagnosis/findings/reading';
import type { Decision } from '@/lib/policy/decide';
import { check, type PreFlightCheck, type PreFlightCheckId, type PreFlightCode } from './check';

/** Whether AWS has what the template would make. `unknown`: could not be looked up. */
export type NamePresence = 'free' | 'taken' | 'unknown';

export type PreFlightFacts = {
  facts: DeviceFacts;
  /** The thing that the template makes for this certificate; undefined: none, or no template that evaluates. */
  thing: { name: string; presence: NamePresence } | undefined;
  /** Whether the policies that the device would get let it connect; undefined: they could not be read. */
  connect: { clientId: string; decision: Decision['decision'] } | undefined;
  /** What the bundle says of where and how the device connects. */
  target: { host: string | undefined; port: number | undefined; clientId: string | undefined };
  /** Where devices of this environment connect. */
  endpoint: { host: string; port: number } | undefined;
  /** Whether the endpoint proves itself with a root of the bundle. */
  serverRoot: 'verifies' | 'wrong' | 'absent' | 'unknown';
};

/** The causes among `codes`, where there are any. */
export function failed(
  id: PreFlightCheckId,
  code: PreFlightCode,
  { findings }: Diagnosis,
  codes: readonly FindingCode[],
): PreFlightCheck | undefined {
  const found = findings.filter((finding) => codes.includes(finding.code) && finding.weight === 'blocks');
  if (found.length === 0) return undefined;
  return { ...check(id, 'fail', code), findings: found };
}

export const notSeen = (id: PreFlightCheckId, code: PreFlightCode = 'not-seen') => check(id, 'unseen', code);

/** AWS has it, and does not look at CA and template again. */
export const isRegistered = (facts: DeviceFacts): boolean => ['active', 'stopped'].includes(stageOf(facts));
