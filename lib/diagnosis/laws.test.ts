import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Diagnosis, diagnose } from './diagnose';
import { type DeviceFacts, FACT_KEYS, NO_FACTS } from './facts';
import { CALLS_PER_DIAGNOSIS_MAX, factsNeeded } from './facts-needed';
import { notPermitted } from './known';
import { anyFacts } from './testing/arbitrary-facts';
import { NOW } from './testing/example-facts';

const certain = ({ findings }: Diagnosis) =>
  new Set(findings.filter(({ certainty }) => certainty === 'certain').map(({ code }) => code));

describe('whatever AWS answers', () => {
  it('there is a diagnosis, and every finding says who said so', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { findings } = diagnose(facts, NOW);
        for (const { evidence } of findings) expect(evidence.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('a refused call makes nothing certain that was not certain with its answer', () => {
    fc.assert(
      fc.property(anyFacts, fc.subarray([...FACT_KEYS], { minLength: 1 }), (facts, refused) => {
        const less: DeviceFacts = {
          ...facts,
          ...Object.fromEntries(refused.map((key) => [key, notPermitted('DescribeCertificate', NOW)])),
        };
        const before = certain(diagnose(facts, NOW));
        for (const code of certain(diagnose(less, NOW))) expect(before).toContain(code);
      }),
      { numRuns: 2000 },
    );
  });

  it('the order is the same each time, and does not depend on what else is known', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const first = diagnose(facts, NOW);
        expect(diagnose(structuredClone(facts), NOW)).toEqual(first);
        const isNote = first.findings.map(({ weight }) => weight === 'note');
        expect(isNote).toEqual(isNote.toSorted((left, right) => Number(left) - Number(right)));
      }),
    );
  });

  it('activation says nothing of connection, nor connection of activation', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (facts, other) => {
        const { rungs, phase } = diagnose(facts, NOW).ladder;
        const elsewhere = diagnose({ ...facts, connectivity: other.connectivity }, NOW).ladder;
        expect([elsewhere.rungs, elsewhere.phase]).toEqual([rungs, phase]);
      }),
    );
  });

  it('without any facts nothing is claimed, and nothing counts as refused', () => {
    const { findings, unseen, ladder } = diagnose(NO_FACTS, NOW);
    expect([findings, unseen, ladder.hangsAt, ladder.phase]).toEqual([[], [], undefined, 'unread']);
  });
});

describe('what to ask next', () => {
  it('ends, asks nothing twice, and spends no more than ten calls', () => {
    fc.assert(
      fc.property(anyFacts, fc.boolean(), (answers, isCloudTrailWanted) => {
        let facts: DeviceFacts = {
          ...NO_FACTS,
          given: answers.given,
          leaf: answers.leaf,
          ledger: answers.ledger,
          environment: answers.environment,
        };
        let callsLeft = CALLS_PER_DIAGNOSIS_MAX;
        const asked: string[] = [];
        for (;;) {
          const round = factsNeeded(facts, { callsLeft, isCloudTrailWanted });
          if (round.length === 0) break;
          for (const { fact, callsMax } of round) {
            // What is still not asked after it was asked would be asked for ever.
            const answer = answers[fact].kind === 'not-asked' ? notPermitted('GetRole', NOW) : answers[fact];
            facts = { ...facts, [fact]: answer };
            callsLeft -= callsMax;
            asked.push(fact);
          }
        }
        expect(callsLeft).toBeGreaterThanOrEqual(0);
        expect(new Set(asked).size).toBe(asked.length);
      }),
      { numRuns: 500 },
    );
  });
});
