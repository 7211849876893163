import { describe, expect, it } from 'vitest';
import { LOCALES } from '@/lib/i18n/locales';
import { MESSAGES } from '@/lib/i18n/messages';
import {
  type CheckState,
  check,
  inCheckOrder,
  PRE_FLIGHT_CHECKS,
  PRE_FLIGHT_CODES,
  type PreFlightVerdict,
  REMEDIED_CODES,
  verdictOf,
} from './check';

describe.each(LOCALES)('the sentences of a pre-flight in %s', (locale) => {
  it('are there for every check, outcome and remedy, and for nothing else', () => {
    const { check: titles, said, remedy } = MESSAGES[locale].preflight;
    expect(new Set(Object.keys(titles))).toEqual(new Set<string>(PRE_FLIGHT_CHECKS));
    expect(new Set(Object.keys(said))).toEqual(new Set<string>(PRE_FLIGHT_CODES));
    expect(new Set(Object.keys(remedy))).toEqual(new Set<string>(REMEDIED_CODES));
  });
});

describe('the verdict', () => {
  it.each<{ states: CheckState[]; verdict: PreFlightVerdict; why: string }>([
    { states: ['pass', 'pass'], verdict: 'go', why: 'everything was seen and is right' },
    { states: ['pass', 'note'], verdict: 'go-noted', why: 'it works and should be known' },
    { states: ['note', 'unseen'], verdict: 'not-sure', why: 'what nobody saw clears nothing' },
    { states: ['unseen', 'fail', 'pass'], verdict: 'no-go', why: 'one fault is enough' },
  ])('is $verdict: $why', ({ states, verdict }) => {
    expect(verdictOf(states.map((state) => check('ca', state, 'ca-ready')))).toBe(verdict);
  });

  it('has its checks in their order, whoever answered first', () => {
    const ids = inCheckOrder([
      check('ca', 'pass', 'ca-ready'),
      check('certificate', 'pass', 'certificate-found'),
    ]).map(({ id }) => id);
    expect(ids).toEqual(['certificate', 'ca']);
  });
});
