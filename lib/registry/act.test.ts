import { describe, expect, it } from 'vitest';
import {
  batchSizeOf,
  CALLS_PER_ACT,
  type CertificateAct,
  planCertificateAct,
  planThingDeletion,
} from './act';
import type { CertificateStatus } from './device-certificate';

const ID = 'a'.repeat(64);
const ARN = `arn:aws:iot:eu-central-1:123456789012:cert/${ID}`;

const state = (status: CertificateStatus, thingNames: string[] = [], policyNames: string[] = []) => ({
  certificateId: ID,
  arn: ARN,
  status,
  thingNames,
  policyNames,
});
const set = (status: string) => [{ kind: 'update-certificate', certificateId: ID, status }];
const DELETE = { kind: 'delete-certificate', certificateId: ID };

describe('the plan of an act on a certificate', () => {
  it.each<{ act: CertificateAct; from: CertificateStatus; steps: unknown; why: string }>([
    { act: 'activate', from: 'INACTIVE', steps: set('ACTIVE'), why: 'what a person took back' },
    {
      act: 'activate',
      from: 'PENDING_ACTIVATION',
      steps: set('ACTIVE'),
      why: 'by hand, as a JITR function does',
    },
    { act: 'activate', from: 'ACTIVE', steps: [], why: 'so already' },
    { act: 'deactivate', from: 'ACTIVE', steps: set('INACTIVE'), why: 'the milder act' },
    { act: 'deactivate', from: 'PENDING_ACTIVATION', steps: set('INACTIVE'), why: 'takes it off the queue' },
    { act: 'revoke', from: 'INACTIVE', steps: set('REVOKED'), why: 'from any status' },
    { act: 'revoke', from: 'REVOKED', steps: [], why: 'so already' },
    {
      act: 'delete-certificate',
      from: 'REVOKED',
      steps: [DELETE],
      why: 'a revoked one needs no deactivation',
    },
    {
      act: 'delete-certificate',
      from: 'PENDING_ACTIVATION',
      steps: [DELETE],
      why: 'AWS refuses ACTIVE alone',
    },
  ])('$act from $from: $why', ({ act, from, steps }) => {
    expect(planCertificateAct(act, state(from))).toEqual({ kind: 'steps', steps });
  });

  it.each<CertificateAct>(['activate', 'deactivate'])('%s is refused for a revoked one', (act) => {
    expect(planCertificateAct(act, state('REVOKED'))).toEqual({
      kind: 'refused',
      reason: 'certificate-revoked',
    });
  });

  it('keeps the device out first, then detaches, and deletes last', () => {
    const plan = planCertificateAct('delete-certificate', state('ACTIVE', ['t'], ['p', 'q']));
    expect(plan).toEqual({
      kind: 'steps',
      steps: [
        ...set('INACTIVE'),
        { kind: 'detach-policy', policyName: 'p', targetArn: ARN },
        { kind: 'detach-policy', policyName: 'q', targetArn: ARN },
        { kind: 'detach-thing-principal', thingName: 't', principalArn: ARN },
        DELETE,
      ],
    });
  });
});

it('the plan of a thing detaches every principal before it deletes', () => {
  expect(planThingDeletion('t', [ARN])).toEqual([
    { kind: 'detach-thing-principal', thingName: 't', principalArn: ARN },
    { kind: 'delete-thing', thingName: 't' },
  ]);
});

it('a batch of any act answers within four seconds at ten calls a second', () => {
  for (const act of ['activate', 'revoke', 'delete-certificate', 'delete-thing'] as const) {
    expect(batchSizeOf(act)).toBeGreaterThan(0);
    expect(batchSizeOf(act) * CALLS_PER_ACT[act]).toBeLessThanOrEqual(40);
  }
});
