import { describe, expect, it } from 'vitest';
import type { Failure } from '@/lib/failure';
import { fail, ok } from '@/lib/result';
import { executeRun } from './execute-run';
import { performCall, type RunTools } from './perform-call';
import type { Registration } from './registration';
import { phaseOf, planRun, type Run } from './run-plan';
import type { CaPresence, WizardActions } from './wizard-port';

const registration: Registration = {
  caId: 'a'.repeat(64),
  certificatePem: 'PEM',
  issuerPems: [],
  mode: 'DEFAULT',
  setAsActive: true,
  autoRegistration: true,
  registrationConfig: undefined,
  newPolicy: { name: 'FleetPolicy', document: '{}' },
  newRole: { name: 'JITPRole', trustPolicy: '{}', policyArn: 'arn:aws:iam::aws:policy/p' },
};

const outage: Failure = {
  kind: 'aws-unreachable',
  service: 'IoT',
  operation: 'CreatePolicy',
  reason: 'refused',
};

/** An account that remembers what was made, and every change that was asked of it. */
function account(broken: Partial<WizardActions> = {}) {
  const made = new Set<string>();
  const changes: string[] = [];
  const ensure = (what: string) => {
    if (made.has(what)) return ok({ kind: 'was-there' as const });
    made.add(what);
    changes.push(what);
    return ok({ kind: 'made' as const });
  };
  const presence = (): CaPresence => ({ kind: made.has('ca') ? 'was-there' : 'absent' });
  const actions: WizardActions = {
    checkRole: async () => ok({ kind: 'missing' }),
    findCa: async () => ok(presence()),
    createPolicy: async () => ensure('policy'),
    createRole: async () => ensure('role'),
    attachRolePolicy: async () => ensure('role policy'),
    getRegistrationCode: async () => ok('c'.repeat(64)),
    registerCa: async ({ verificationPem }) =>
      ensure(verificationPem === 'PROOF' ? 'ca' : 'ca without proof'),
    ...broken,
  };
  return { actions, changes };
}

const pki: RunTools['pki'] = {
  call: async (operation) => {
    if (operation !== 'makeVerification') throw new Error(`not expected: ${operation}`);
    // The operation was just looked at: this is its answer.
    return ok({ csrPem: 'CSR', certificatePem: 'PROOF' }) as never;
  },
};

async function runOn(actions: WizardActions, tools: Partial<RunTools> = {}): Promise<Run> {
  const all: RunTools = { actions, pki, environment: 'lab', registration, keyHandle: 'handle', ...tools };
  const memory = {};
  return executeRun(
    planRun(all.registration),
    (id) => performCall(id, all, memory),
    () => {},
  );
}

const statuses = (run: Run) =>
  run.map(({ status }) => {
    if (status.state === 'done') return status.outcome;
    return status.state === 'failed' ? status.obstacle.kind : status.state;
  });

describe('a run', () => {
  it('makes everything once, and with the proof', async () => {
    const { actions, changes } = account();
    expect(phaseOf(await runOn(actions))).toBe('finished');
    expect(changes).toEqual(['policy', 'role', 'role policy', 'ca']);
  });

  it('changes nothing when it is repeated', async () => {
    const { actions, changes } = account();
    await runOn(actions);
    const again = await runOn(actions, { keyHandle: undefined });
    expect(statuses(again)).toEqual([
      'was-there',
      'was-there',
      'was-there',
      'was-there',
      'not-needed',
      'not-needed',
      'not-needed',
    ]);
    expect(changes).toHaveLength(4);
  });

  it('stops where a call fails, and goes on from there without repeating what it had reached', async () => {
    const { actions, changes } = account();
    const failed = await runOn({ ...actions, attachRolePolicy: async () => fail(outage) });
    expect(statuses(failed).slice(0, 5)).toEqual(['absent', 'made', 'made', 'failure', 'waiting']);
    expect(statuses(await runOn(actions)).slice(0, 4)).toEqual(['absent', 'was-there', 'was-there', 'made']);
    expect(changes).toEqual(['policy', 'role', 'role policy', 'ca']);
  });

  it.each<[why: string, obstacle: string, broken: Partial<WizardActions>]>([
    ['the console is gone', 'no-answer', { findCa: () => Promise.reject(new TypeError('fetch failed')) }],
    [
      'the CA is registered otherwise',
      'ca-differs',
      { findCa: async () => ok({ kind: 'differs', differences: ['mode'] }) },
    ],
    [
      'the policy has another document',
      'policy-differs',
      { createPolicy: async () => ok({ kind: 'differs' }) },
    ],
    [
      'the role trusts somebody else',
      'role-not-trusting',
      { createRole: async () => ok({ kind: 'not-trusting' }) },
    ],
    [
      'the role is below another path',
      'role-elsewhere',
      { createRole: async () => ok({ kind: 'elsewhere', arn: 'arn:aws:iam::123456789012:role/x/JITPRole' }) },
    ],
  ])('stops and says so when %s', async (_why, obstacle, broken) => {
    const run = await runOn(account(broken).actions);
    expect(phaseOf(run)).toBe('failed');
    expect(statuses(run)).toContain(obstacle);
  });

  it('asks for the key when it has to prove and the key is gone', async () => {
    const { actions, changes } = account();
    expect(statuses(await runOn(actions, { keyHandle: undefined }))).toContain('key-needed');
    expect(changes).not.toContain('ca');
  });
});
