import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterStep, CA_ROADS, type CaSwitches, planRoad, roadOf } from './ca-road';
import type { RegistrationConfig } from './certificate-authority';

const INLINE: RegistrationConfig = {
  kind: 'inline',
  templateBody: '{}',
  roleArn: 'arn:aws:iam::123456789012:role/r',
};
const NAMED: RegistrationConfig = { kind: 'named', templateName: 'fleet' };

const ca = (change: Partial<CaSwitches>): CaSwitches => ({
  status: 'ACTIVE',
  autoRegistration: true,
  registrationConfig: undefined,
  ...change,
});

describe('the road of a CA', () => {
  it.each([
    { from: ca({ registrationConfig: INLINE }), road: 'jitp', why: 'a template of its own' },
    { from: ca({ registrationConfig: NAMED }), road: 'jitp', why: 'a template by name' },
    { from: ca({}), road: 'jitr', why: 'no template' },
    {
      from: ca({ autoRegistration: false, registrationConfig: NAMED }),
      road: 'closed',
      why: 'an idle template',
    },
    { from: ca({ status: 'INACTIVE' }), road: 'closed', why: 'an inactive CA registers nobody' },
  ])('is $road: $why', ({ from, road }) => {
    expect(roadOf(from)).toBe(road);
  });
});

describe('the calls of a switch', () => {
  it.each([
    {
      from: ca({}),
      to: 'jitp',
      steps: [{ autoRegistration: true, registrationConfig: INLINE }],
      why: 'one call, with the template',
    },
    {
      from: ca({ registrationConfig: NAMED }),
      to: 'jitp',
      steps: [{ autoRegistration: true, registrationConfig: INLINE }],
      why: 'another template in place of the one that is there, which is never missing in between',
    },
    {
      from: ca({ registrationConfig: INLINE }),
      to: 'jitr',
      steps: [{ autoRegistration: false, registrationConfig: 'remove' }, { autoRegistration: true }],
      why: 'AWS removes a template with auto-registration only',
    },
    {
      from: ca({ status: 'INACTIVE', autoRegistration: false }),
      to: 'jitr',
      steps: [{ status: 'ACTIVE', autoRegistration: true }],
      why: 'an inactive CA is activated with it',
    },
    {
      from: ca({ registrationConfig: INLINE }),
      to: 'closed',
      steps: [{ autoRegistration: false }],
      why: 'the template is kept for the way back',
    },
    { from: ca({}), to: 'jitr', steps: [], why: 'it is so already' },
  ] as const)('to $to: $why', ({ from, to, steps }) => {
    expect(planRoad(from, to, to === 'jitp' ? INLINE : undefined)).toEqual({ kind: 'steps', steps });
  });

  it('need a template for JITP', () => {
    expect(planRoad(ca({ autoRegistration: false }), 'jitp')).toEqual({ kind: 'template-needed' });
  });

  it('lead to their road from every CA, and are none the second time', () => {
    const config = fc.constantFrom<RegistrationConfig | undefined>(INLINE, NAMED, undefined);
    const switches = fc.record({
      status: fc.constantFrom<CaSwitches['status']>('ACTIVE', 'INACTIVE'),
      autoRegistration: fc.boolean(),
      registrationConfig: config,
    });
    fc.assert(
      fc.property(switches, fc.constantFrom(...CA_ROADS), config, (from, to, template) => {
        const plan = planRoad(from, to, template);
        if (plan.kind === 'template-needed') return;
        const end = plan.steps.reduce(afterStep, from);
        expect(roadOf(end)).toBe(to);
        expect(planRoad(end, to, template)).toEqual({ kind: 'steps', steps: [] });
      }),
    );
  });
});
