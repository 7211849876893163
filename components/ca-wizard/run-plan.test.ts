import { describe, expect, it } from 'vitest';
import type { CaDetail } from '@/lib/registry/certificate-authority';
import { caDifferences } from './compare-registration';
import type { Registration } from './registration';
import {
  type CaDifference,
  type CallId,
  nextCall,
  phaseOf,
  planRun,
  type Run,
  restarted,
  withOutcome,
  withStatus,
} from './run-plan';

const registration: Registration = {
  caId: 'a'.repeat(64),
  certificatePem: 'PEM',
  issuerPems: [],
  mode: 'DEFAULT',
  setAsActive: true,
  autoRegistration: true,
  registrationConfig: {
    kind: 'inline',
    templateBody: '{"a":"\\/"}',
    roleArn: 'arn:aws:iam::123456789012:role/r',
  },
  newPolicy: { name: 'FleetPolicy', document: '{}' },
  newRole: { name: 'r', trustPolicy: '{}', policyArn: 'arn:aws:iam::aws:policy/p' },
};
const idsOf = (run: Run) => run.map(({ id }) => id);
const outcomes = (run: Run) =>
  run.map(({ status }) => (status.state === 'done' ? status.outcome : status.state));

describe('the calls', () => {
  it('create what the CA will name before the CA names it', () => {
    expect(idsOf(planRun(registration))).toEqual([
      'find-ca',
      'create-policy',
      'create-role',
      'attach-role-policy',
      'get-registration-code',
      'make-verification',
      'register-ca-certificate',
    ]);
  });

  it.each<[changed: Partial<Registration>, left: CallId[], why: string]>([
    [{ mode: 'SNI_ONLY' }, ['get-registration-code', 'make-verification'], 'SNI_ONLY must not carry a proof'],
    [{ newPolicy: undefined }, ['create-policy'], 'the policy exists'],
    [{ newRole: undefined }, ['create-role', 'attach-role-policy'], 'the role exists'],
  ])('%j leave out %j (%s)', (changed, left) => {
    const whole = idsOf(planRun(registration));
    expect(idsOf(planRun({ ...registration, ...changed }))).toEqual(whole.filter((id) => !left.includes(id)));
  });
});

describe('a run', () => {
  it('makes one call after the other until all are done', () => {
    let run = planRun(registration);
    const made: string[] = [];
    for (let id = nextCall(run); id !== undefined; id = nextCall(run)) {
      made.push(id);
      run = withStatus(run, id, { state: 'running' });
      expect(nextCall(run), 'nothing beside a running call').toBeUndefined();
      run = withOutcome(run, id, id === 'find-ca' ? 'absent' : 'made');
    }
    expect(made).toEqual(idsOf(run));
    expect(phaseOf(run)).toBe('finished');
  });

  it('needs neither proof nor registration when the CA is there as wanted, but still looks after role and policy', () => {
    expect(outcomes(withOutcome(planRun(registration), 'find-ca', 'was-there'))).toEqual([
      'was-there',
      'waiting',
      'waiting',
      'waiting',
      'not-needed',
      'not-needed',
      'not-needed',
    ]);
  });

  it('stops at a failed call, and starts over when it is retried', () => {
    const failed = withStatus(withOutcome(planRun(registration), 'find-ca', 'absent'), 'create-policy', {
      state: 'failed',
      obstacle: { kind: 'key-needed' },
    });
    expect(phaseOf(failed)).toBe('failed');
    expect(nextCall(failed)).toBeUndefined();
    expect(nextCall(restarted(failed))).toBe('find-ca');
  });
});

describe('a CA that is registered already', () => {
  const there: Pick<CaDetail, 'mode' | 'status' | 'autoRegistration' | 'registrationConfig'> = {
    mode: 'DEFAULT',
    status: 'ACTIVE',
    autoRegistration: true,
    registrationConfig: registration.registrationConfig,
  };

  it.each<[changed: Partial<typeof there>, differences: CaDifference[], why: string]>([
    [{}, [], 'the same'],
    [
      {
        registrationConfig: {
          kind: 'inline',
          templateBody: '{ "a" : "/" }',
          roleArn: 'arn:aws:iam::123456789012:role/r',
        },
      },
      [],
      'white space and escapes do not matter',
    ],
    [{ status: 'INACTIVE' }, ['status'], 'not active'],
    [{ autoRegistration: false }, ['autoRegistration'], 'auto-registration is off'],
    [{ mode: 'SNI_ONLY' }, ['mode'], 'registered without proof'],
    [{ registrationConfig: undefined }, ['registrationConfig'], 'no template'],
    [
      { registrationConfig: { kind: 'named', templateName: 'fleet' } },
      ['registrationConfig'],
      'a named template',
    ],
    [
      {
        registrationConfig: {
          kind: 'inline',
          templateBody: 'no json',
          roleArn: 'arn:aws:iam::123456789012:role/r',
        },
      },
      ['registrationConfig'],
      'a template nobody can read',
    ],
  ])('%j differs in %j (%s)', (changed, differences) => {
    expect(caDifferences(registration, { ...there, ...changed })).toEqual(differences);
  });
});
