/**
 * "Why is this device not active?": facts in, the ladder and every cause out.
 * @module
 */
import { RUNGS } from '@/lib/registry/first-connect';
import { type DeviceFacts, FACT_KEYS, type FactKey } from './facts';
import { FINDING_CODES, type Finding, type Reading, type Rule } from './finding';
import { RULES } from './findings/catalogue';
import type { Evidence, WhyNotKnown } from './known';
import { type Ladder, type LadderRungId, ladderOf } from './ladder';

/** What could not be seen, so that nobody takes silence for "all is well". */
export type Unseen = {
  fact: FactKey;
  why: WhyNotKnown | 'not-permitted';
  evidence: Evidence;
};

export type Diagnosis = {
  at: Date;
  ladder: Ladder;
  /** What to do first, first. */
  findings: readonly Finding[];
  unseen: readonly Unseen[];
};

/** Total: any facts give a diagnosis. The same facts and time give the same one. */
export function diagnose(facts: DeviceFacts, now: Date): Diagnosis {
  const ladder = ladderOf(facts);
  const findings = RULES.flatMap((rule) =>
    rule.read(facts, now).map((reading) => toFinding(rule, reading, facts, ladder.hangsAt)),
  );
  return { at: now, ladder, findings: inOrder(findings), unseen: unseenOf(facts) };
}

function toFinding(
  { code, rung, weight, who, remedy }: Rule,
  { certainty, basis, params = {} }: Reading,
  facts: DeviceFacts,
  hangsAt: LadderRungId | undefined,
): Finding {
  const evidence = basis.flatMap((key) => {
    const fact = facts[key];
    return fact.kind === 'known' ? [fact.evidence] : [];
  });
  const isAhead = hangsAt !== undefined && heightOf(rung) > heightOf(hangsAt);
  return { code, rung, weight, who, remedy, certainty, params, evidence, isAhead };
}

const LADDER_RUNGS: readonly LadderRungId[] = [...RUNGS, 'connected'];
const heightOf = (rung: LadderRungId): number => LADDER_RUNGS.indexOf(rung);

const CODES: readonly string[] = FINDING_CODES;

/** What blocks for sure, then what only looks like a fault, then what may block, then what is worth knowing. */
function groupOf({ weight, certainty }: Finding): number {
  if (weight === 'note') return 3;
  if (weight === 'expected') return 1;
  return certainty === 'possible' ? 2 : 0;
}

function inOrder(findings: readonly Finding[]): Finding[] {
  const rank = (finding: Finding) => groupOf(finding) * CODES.length + CODES.indexOf(finding.code);
  return findings.toSorted((left, right) => rank(left) - rank(right));
}

function unseenOf(facts: DeviceFacts): Unseen[] {
  return FACT_KEYS.flatMap((key): Unseen[] => {
    const fact = facts[key];
    if (fact.kind === 'known' || fact.kind === 'not-asked') return [];
    const why = fact.kind === 'not-permitted' ? fact.kind : fact.why;
    return [{ fact: key, why, evidence: fact.evidence }];
  });
}
