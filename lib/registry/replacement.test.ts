import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CertificateState } from './act';
import { hasAll, parityOf, planReplacement, type ReplacementStep } from './replacement';

const OLD_ID = 'a'.repeat(64);
const NEW_ID = 'b'.repeat(64);
const arnOf = (id: string) => `arn:aws:iot:eu-central-1:123456789012:cert/${id}`;
const old: CertificateState = {
  certificateId: OLD_ID,
  arn: arnOf(OLD_ID),
  status: 'ACTIVE',
  thingNames: ['pump-1'],
  policyNames: ['Fleet', 'Extra'],
};
const nextWith = (has: Partial<CertificateState>): CertificateState => ({
  certificateId: NEW_ID,
  arn: arnOf(NEW_ID),
  status: 'INACTIVE',
  thingNames: [],
  policyNames: [],
  ...has,
});
const planFor = (next: CertificateState | undefined, isCaActive = true) =>
  planReplacement({ old, next, newCertificateId: NEW_ID, isCaActive });
const kinds = (steps: readonly ReplacementStep[]) => steps.map(({ kind }) => kind);
const stepsFor = (next: CertificateState | undefined) => {
  const plan = planFor(next);
  return plan.kind === 'steps' ? plan.steps : [];
};

describe('what is done to put a certificate in the place of another', () => {
  it.each([
    {
      why: 'nothing is done yet',
      next: undefined,
      steps: [
        'register-certificate',
        'attach-policy',
        'attach-policy',
        'attach-thing-principal',
        'update-certificate',
      ],
    },
    {
      why: 'the run stopped after the first policy',
      next: nextWith({ policyNames: ['Extra'] }),
      steps: ['attach-policy', 'attach-thing-principal', 'update-certificate'],
    },
    {
      why: 'the device was faster, and its template attached the rest',
      next: nextWith({ status: 'PENDING_ACTIVATION', thingNames: ['pump-1'], policyNames: ['Fleet'] }),
      steps: ['attach-policy', 'update-certificate'],
    },
    {
      why: 'all is done',
      next: nextWith({ status: 'ACTIVE', thingNames: ['pump-1'], policyNames: ['Fleet', 'Extra'] }),
      steps: [],
    },
  ])('$why', ({ next, steps }) => {
    expect(kinds(stepsFor(next))).toEqual(steps);
  });

  it('is refused once the new one was revoked', () => {
    expect(planFor(nextWith({ status: 'REVOKED' }))).toEqual({
      kind: 'refused',
      reason: 'certificate-revoked',
    });
  });

  it('goes without the CA where that is not active: AWS registers nothing under it', () => {
    expect(planFor(undefined, false)).toMatchObject({ steps: [{ withCa: false }, {}, {}, {}, {}] });
  });

  it('never acts on the old certificate', () => {
    expect(JSON.stringify(stepsFor(undefined))).not.toContain(OLD_ID);
  });

  it('activates last, so that a run that stops half-way lets nobody in without his policies', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
    fc.assert(
      fc.property(names, names, names, (wanted, has, things) => {
        const plan = planReplacement({
          old: { ...old, policyNames: wanted, thingNames: things },
          next: nextWith({ policyNames: has }),
          newCertificateId: NEW_ID,
          isCaActive: true,
        });
        const steps = plan.kind === 'steps' ? plan.steps : [];
        expect(steps.at(-1)?.kind).toBe('update-certificate');
        expect(kinds(steps).filter((kind) => kind === 'update-certificate')).toHaveLength(1);
      }),
    );
  });
});

describe('parity', () => {
  const side = { commonName: 'pump-1', subject: 'CN=pump-1', thingNames: ['pump-1'], policyNames: ['Fleet'] };

  it('of equal certificates misses nothing', () => {
    expect(parityOf(side, side).every(({ missing, added }) => missing.length + added.length === 0)).toBe(
      true,
    );
  });

  it.each([
    { reason: 'the same', other: side, expected: true },
    { reason: 'a policy more', other: { ...side, policyNames: ['Fleet', 'More'] }, expected: true },
    {
      reason: 'the fields of the subject in another order',
      other: { ...side, subject: 'O=x, CN=pump-1' },
      expected: true,
    },
    { reason: 'no thing', other: { ...side, thingNames: [] }, expected: false },
    { reason: 'another name', other: { ...side, commonName: 'pump-2' }, expected: false },
  ])('with $reason has all: $expected', ({ other, expected }) => {
    expect(hasAll(parityOf(side, other))).toBe(expected);
  });

  it('names what is missing and what is more', () => {
    const other = { ...side, commonName: 'pump-2', policyNames: ['Other'] };
    expect(parityOf(side, other)).toEqual([
      { aspect: 'commonName', old: ['pump-1'], missing: ['pump-1'], added: ['pump-2'] },
      { aspect: 'subject', old: ['CN=pump-1'], missing: [], added: [] },
      { aspect: 'things', old: ['pump-1'], missing: [], added: [] },
      { aspect: 'policies', old: ['Fleet'], missing: ['Fleet'], added: ['Other'] },
    ]);
  });
});
