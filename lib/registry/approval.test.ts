/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders and policy variables of AWS */
import { describe, expect, it } from 'vitest';
import type { Subject } from '@/lib/pki/subject';
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import {
  type Approval,
  type ApprovalFacts,
  approvalPolicyDocument,
  approvedThingName,
  planApproval,
} from './approval';

const ID = 'a'.repeat(64);
const content = (subject: Subject): CertificateFacts => ({
  certificateId: ID,
  subject,
  serialNumberDecimal: '17',
});
const ARN = `arn:aws:iot:eu-central-1:123456789012:cert/${ID}`;

const COUNTRY = { country: '${Country}' };
const FOUR = { ...COUNTRY, state: '${StateName}', unit: '${OrganizationalUnit}', version: 'v1' };

const APPROVAL: Approval = {
  policy: { kind: 'scoped', name: 'fleet' },
  thing: { kind: 'create', name: '${CommonName}', attributes: COUNTRY, groupNames: ['hall-1'] },
};
const NEW: ApprovalFacts = {
  certificate: {
    certificateId: ID,
    arn: ARN,
    status: 'PENDING_ACTIVATION',
    thingNames: [],
    policyNames: [],
  },
  content: content({ commonName: 'press-1', country: 'IN', organization: 'Example Corp' }),
  policy: 'absent',
  policyDocument: '{}',
  thing: { exists: false, othersCount: 0 },
};

const stepsOf = (approval: Approval, facts: ApprovalFacts) => {
  const plan = planApproval(approval, facts);
  if (plan.kind !== 'steps') throw new Error(plan.reason);
  return plan.steps;
};
const thing = (change: Partial<Extract<Approval['thing'], { kind: 'create' }>>): Approval => ({
  ...APPROVAL,
  thing: { kind: 'create', name: '${CommonName}', attributes: {}, groupNames: [], ...change },
});

describe('the plan of an approval', () => {
  it('makes policy and thing, attaches both, and activates last of all', () => {
    expect(stepsOf(APPROVAL, NEW)).toEqual([
      { kind: 'create-policy', policyName: 'fleet', document: '{}' },
      { kind: 'attach-policy', policyName: 'fleet', targetArn: ARN },
      { kind: 'create-thing', thingName: 'press-1', typeName: undefined, attributes: { country: 'IN' } },
      { kind: 'add-thing-to-thing-group', thingName: 'press-1', groupName: 'hall-1' },
      { kind: 'attach-thing-principal', thingName: 'press-1', principalArn: ARN },
      { kind: 'update-certificate', certificateId: ID, status: 'ACTIVE' },
    ]);
  });

  it('does nothing twice: what is so already is no step', () => {
    const certificate = {
      ...NEW.certificate,
      status: 'ACTIVE' as const,
      thingNames: ['press-1'],
      policyNames: ['fleet'],
    };
    const facts = { ...NEW, certificate, policy: 'there', thing: { exists: true, othersCount: 0 } } as const;
    expect(stepsOf(thing({}), facts)).toEqual([]);
  });

  const ofSetUp: Approval = { ...APPROVAL, policy: { kind: 'set-up', name: 'fleet', caId: 'c'.repeat(64) } };

  it('makes the policy of a set-up like the function behind its rule, which takes what is there as it is', () => {
    const made = { kind: 'create-policy', policyName: 'fleet', document: '{}' };
    expect(stepsOf(ofSetUp, NEW)[0]).toEqual(made);
    expect(stepsOf(ofSetUp, { ...NEW, policy: 'there' })).not.toContainEqual(made);
  });

  it('activates alone where nothing else is wanted, and the certificate need not be readable for that', () => {
    const nothing: Approval = { policy: { kind: 'none' }, thing: { kind: 'none' } };
    expect(stepsOf(nothing, { ...NEW, content: undefined })).toEqual([
      { kind: 'update-certificate', certificateId: ID, status: 'ACTIVE' },
    ]);
  });

  it.each([
    {
      why: 'a revocation is not taken back',
      reason: 'certificate-revoked',
      facts: { certificate: { ...NEW.certificate, status: 'REVOKED' as const } },
    },
    {
      why: 'it is on its way to another account',
      reason: 'certificate-in-transfer',
      facts: { certificate: { ...NEW.certificate, status: 'PENDING_TRANSFER' as const } },
    },
    {
      why: 'a named policy has to be there',
      reason: 'policy-absent',
      approval: { ...APPROVAL, policy: { kind: 'existing', name: 'gone' } } as const,
    },
    {
      why: 'the set-up makes no such policy any more',
      reason: 'policy-absent',
      approval: ofSetUp,
      facts: { policyDocument: undefined },
    },
    {
      why: 'another policy of that name would be given away',
      reason: 'policy-differs',
      facts: { policy: 'differs' as const },
    },
    { why: 'no common name', reason: 'thing-name-missing', facts: { content: content({ country: 'IN' }) } },
    {
      why: 'nobody knows that placeholder',
      reason: 'thing-name-missing',
      approval: thing({ name: 'press-${Colour}' }),
    },
    {
      why: 'a blank in a name',
      reason: 'thing-name-invalid',
      facts: { content: content({ commonName: 'press 1' }) },
    },
    { why: 'nothing can be read', reason: 'certificate-unreadable', facts: { content: undefined } },
    {
      why: 'four attributes without a type',
      reason: 'thing-attributes-too-many',
      approval: thing({ attributes: FOUR }),
      facts: {
        content: content({ commonName: 'p', country: 'IN', stateName: 'x', organizationalUnit: 'y' }),
      },
    },
  ])('is refused as $reason: $why', ({ reason, facts, approval }) => {
    expect(planApproval(approval ?? APPROVAL, { ...NEW, ...facts })).toEqual({ kind: 'refused', reason });
  });

  it('takes four attributes with a type', () => {
    const subject = { commonName: 'p', country: 'IN', stateName: 'x', organizationalUnit: 'y' };
    const approval = thing({ attributes: FOUR, typeName: 'press' });
    expect(stepsOf(approval, { ...NEW, content: content(subject) })).toContainEqual({
      kind: 'create-thing',
      thingName: 'p',
      typeName: 'press',
      attributes: { country: 'IN', state: 'x', unit: 'y', version: 'v1' },
    });
  });

  it.each([
    {
      why: 'another certificate has the thing',
      thing: { exists: true, othersCount: 2 },
      note: { kind: 'thing-shared', thingName: 'press-1', count: 2 },
    },
    {
      why: 'the thing was there',
      thing: { exists: true, othersCount: 0 },
      note: { kind: 'thing-there', thingName: 'press-1' },
    },
    {
      why: 'a value has a blank',
      thing: { exists: false, othersCount: 0 },
      note: { kind: 'attribute-left-out', name: 'organization' },
    },
  ])('says when $why', ({ thing: found, note }) => {
    const approval = thing({ attributes: { ...COUNTRY, organization: '${Organization}' } });
    expect(planApproval(approval, { ...NEW, thing: found })).toMatchObject({ notes: [note] });
  });
});

it.each([
  { name: '${Id}', is: ID, why: 'the certificate id' },
  { name: 'press-${SerialNumber}', is: 'press-17', why: 'its serial number, as JITP has it' },
])('names a thing after $why', ({ name, is }) => {
  expect(approvedThingName(thing({ name }), content({}))).toBe(is);
});

it('writes the policy for the partition of the place', () => {
  const document = approvalPolicyDocument({ partition: 'aws-cn', region: 'cn-north-1', accountId: '1' });
  expect(JSON.parse(document).Statement[0].Resource).toEqual([
    'arn:aws-cn:iot:cn-north-1:1:client/${iot:Connection.Thing.ThingName}',
  ]);
});
