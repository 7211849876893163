import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CertificateFacts } from './certificate-parameters';
import { evaluate, namesToLookUp } from './evaluate';
import type { Evaluation } from './plan';
import { type RegistrySnapshot, registryFacts, UNKNOWN_REGISTRY } from './registry-facts';
import { STARTER_KINDS, type StarterKind, starterConfig } from './starters';
import { parseTemplate, type Template, templateFromJson } from './template';

const ID = 'ab'.repeat(32);
const VALUES = {
  accountId: '123456789012',
  region: 'eu-central-1',
  roleArn: 'arn:aws:iam::123456789012:role/JITPRole',
  policyName: 'FleetPolicy',
};
const EMPTY: RegistrySnapshot = {
  things: {},
  policies: {},
  thingTypes: {},
  thingGroups: {},
  billingGroups: {},
};

function certificate(
  subject: CertificateFacts['subject'] = { commonName: 'DemoThing', country: 'DE' },
): CertificateFacts {
  return { certificateId: ID, serialNumberDecimal: '1234', subject };
}

function starter(kind: StarterKind): Template {
  const parsed = parseTemplate(starterConfig(kind, VALUES).templateBody);
  if (!parsed.ok) expect.fail(JSON.stringify(parsed.failure));
  return parsed.value;
}

const ref = (name: string) => ({ Ref: `AWS::IoT::Certificate::${name}` });

/** A small valid template, with changes. */
function template(
  changes: {
    parameters?: object;
    thing?: object;
    overrides?: object;
    certificate?: object;
    policy?: object;
  } = {},
): Template {
  const parsed = templateFromJson(
    JSON.parse(
      JSON.stringify({
        Parameters: {
          'AWS::IoT::Certificate::CommonName': { Type: 'String' },
          'AWS::IoT::Certificate::Id': { Type: 'String' },
          ...changes.parameters,
        },
        Resources: {
          thing: {
            Type: 'AWS::IoT::Thing',
            Properties: { ThingName: ref('CommonName'), ...changes.thing },
            OverrideSettings: changes.overrides,
          },
          certificate: {
            Type: 'AWS::IoT::Certificate',
            Properties: { CertificateId: ref('Id'), ...changes.certificate },
          },
          policy: { Type: 'AWS::IoT::Policy', Properties: changes.policy ?? { PolicyName: 'FleetPolicy' } },
        },
      }),
    ),
  );
  if (!parsed.ok) expect.fail(JSON.stringify(parsed.failure));
  return parsed.value;
}

function run(of: Template, facts = certificate(), snapshot: Partial<RegistrySnapshot> = {}): Evaluation {
  const known = { ...EMPTY, things: { DemoThing: null }, policies: { FleetPolicy: true }, ...snapshot };
  return evaluate({ template: of, certificate: facts, registry: registryFacts(known) });
}

const codes = (evaluation: Evaluation) =>
  evaluation.kind === 'failure' ? evaluation.failures.map(({ code }) => code) : [];
const findings = (evaluation: Evaluation) => evaluation.findings.map(({ code }) => code);

describe('evaluate: the starters of the AWS article', () => {
  it('plans the scoped starter in the documented order', () => {
    const evaluation = run(starter('scoped'));
    if (evaluation.kind === 'failure') expect.fail(JSON.stringify(evaluation.failures));
    const { plan } = evaluation;
    expect(plan.thing).toEqual({
      name: 'DemoThing',
      attributes: { version: 'v1', country: 'DE' },
      typeName: undefined,
      groups: [],
      billingGroup: undefined,
      deed: 'create',
    });
    expect(plan.steps.map(({ action }) => action)).toEqual([
      'iot:CreateThing',
      'iot:CreatePolicy',
      'iot:AttachPolicy',
      'iot:AttachThingPrincipal',
      'iot:UpdateCertificate',
    ]);
    expect(plan.policies[0]?.name).toMatch(/^[0-9A-F]{40}$/);
    expect(plan.policies[0]?.document).toContain(
      `arn:aws:iot:eu-central-1:123456789012:client/\${iot:Connection.Thing.ThingName}`,
    );
  });

  it("gives the second device the first one's policy", () => {
    const first = run(starter('scoped'));
    if (first.kind === 'failure') expect.fail(JSON.stringify(first.failures));
    const name = first.plan.policies[0]?.name ?? '';
    const second = run(starter('scoped'), certificate({ commonName: 'Other', country: 'DE' }), {
      policies: { [name]: true },
    });
    if (second.kind === 'failure') expect.fail(JSON.stringify(second.failures));
    expect(second.plan.policies).toMatchObject([{ name, deed: 'reuse' }]);
    expect(second.plan.steps.map(({ action }) => action)).not.toContain('iot:CreatePolicy');
  });

  it('flags the admin starter as one for laboratories, and no other', () => {
    const flagged = STARTER_KINDS.filter((kind) =>
      findings(run(starter(kind))).includes('policy-allows-everything'),
    );
    expect(flagged).toEqual(['admin']);
  });

  it('takes the predefined policy when it exists and fails when it does not', () => {
    expect(run(starter('predefined-policy')).kind).toBe('plan');
    const missing = run(starter('predefined-policy'), certificate(), { policies: { FleetPolicy: false } });
    expect(missing).toMatchObject({
      failures: [{ code: 'policy-not-found', awsName: 'ResourceRegistrationFailureException' }],
    });
  });

  it.each(STARTER_KINDS)("fails the %s starter in AWS's words when the subject has no country", (kind) => {
    expect(run(starter(kind), certificate({ commonName: 'DemoThing' }))).toMatchObject({
      kind: 'failure',
      failures: [
        {
          code: 'unresolved-reference',
          awsName: 'InvalidRequestException',
          message:
            'Invalid registration template. Cannot resolve reference value: {Ref=AWS::IoT::Certificate::Country}',
          authority: 'measured',
          path: '$.Resources.thing.Properties.AttributePayload.country',
        },
      ],
    });
  });
});

describe('evaluate: values (guide, "Just-in-time provisioning")', () => {
  const COUNTRY = 'AWS::IoT::Certificate::Country';
  const attribute = { AttributePayload: { country: ref('Country') } };
  const noCountry = certificate({ commonName: 'DemoThing' });

  it('lets a Default step in for what the certificate lacks, and says so', () => {
    const withDefault = template({
      parameters: { [COUNTRY]: { Type: 'String', Default: 'XX' } },
      thing: attribute,
    });
    const evaluation = run(withDefault, noCountry);
    expect(evaluation).toMatchObject({ plan: { thing: { attributes: { country: 'XX' } } } });
    expect(findings(evaluation)).toContain('default-used');
  });

  it('fails a parameter that is declared, absent and used nowhere, as the guide says', () => {
    expect(codes(run(template({ parameters: { [COUNTRY]: { Type: 'String' } } }), noCountry))).toEqual([
      'declared-parameter-absent',
    ]);
  });

  it('takes the X.509 serial number in decimal, and warns where the subject has another', () => {
    const bySerial = template({
      parameters: { 'AWS::IoT::Certificate::SerialNumber': { Type: 'String' } },
      thing: { AttributePayload: { serial: ref('SerialNumber') } },
    });
    const evaluation = run(bySerial, certificate({ commonName: 'DemoThing', serialNumber: 'SN-1' }));
    expect(evaluation).toMatchObject({ plan: { thing: { attributes: { serial: '1234' } } } });
    expect(findings(evaluation)).toContain('serial-number-ambiguous');
  });

  it.each(
    byReason<[object, string, string]>([
      [
        { thing: { ThingName: { Ref: 'AWS::Region' } } },
        'unresolved-reference',
        'pseudo parameters do not exist here',
      ],
      [
        { thing: { ThingName: ref('StateName') } },
        'unresolved-reference',
        'a parameter that is not declared',
      ],
      [
        { thing: { ThingName: { 'Fn::Join': ['', ['a', ref('CommonName')]] } } },
        'function-not-supported',
        'functions are for fleet provisioning',
      ],
      [
        { parameters: { SerialNumber: { Type: 'String' } } },
        'parameter-not-available',
        'JITP has eight parameters and no more',
      ],
      [{ thing: { ThingName: 'a b' } }, 'thing-name-invalid', 'a space'],
      [{ thing: { ThingName: 'pump.example' } }, 'thing-name-invalid', 'a dot'],
      [{ thing: { ThingName: 'x'.repeat(129) } }, 'thing-name-invalid', 'over 128 characters'],
      [
        { thing: { AttributePayload: { o: 'Example Corp' } } },
        'attribute-value-invalid',
        'no spaces in values',
      ],
      [{ thing: { AttributePayload: { 'a b': 'x' } } }, 'attribute-name-invalid', 'no spaces in names'],
      [{ thing: { AttributePayload: { a: 1 } } }, 'property-of-wrong-type', 'values are strings'],
      [{ thing: { AttributePayload: ['a'] } }, 'property-of-wrong-type', 'a list of attributes'],
      [
        { thing: { AttributePayload: { a: '', b: '', c: '', d: '' } } },
        'too-many-attributes',
        'three without a thing type',
      ],
      [{ thing: { ThingTypeName: 'pump' } }, 'thing-type-not-found', 'named, absent'],
      [{ thing: { ThingGroups: ['cold'] } }, 'thing-group-not-found', 'named, absent'],
      [{ thing: { BillingGroup: 'b' } }, 'billing-group-not-found', 'named, absent'],
      [{ thing: { ThingGroups: 'cold' } }, 'property-of-wrong-type', 'groups are a list'],
      [{ overrides: { AttributePayload: 'SOMETIMES' } }, 'override-setting-unknown', 'no such setting'],
      [
        { overrides: { ThingTypeName: 'MERGE' } },
        'override-setting-unknown',
        'MERGE is for attributes and groups',
      ],
      [{ certificate: { Status: 'REVOKED' } }, 'certificate-status-unknown', 'only ACTIVE and INACTIVE'],
      [
        { certificate: { CertificateId: 'x' } },
        'certificate-id-missing',
        'JITP must refer to the id parameter',
      ],
      [{ policy: {} }, 'policy-name-and-document-missing', 'neither'],
      [{ policy: { PolicyName: 'a', PolicyDocument: '{}' } }, 'policy-name-and-document-both', 'both'],
      [{ policy: { PolicyName: 'a b' } }, 'policy-name-invalid', 'a space'],
      [{ policy: { PolicyDocument: '{' } }, 'policy-document-malformed', 'broken JSON inside'],
      [
        {
          policy: {
            PolicyDocument: `{"Version":"2012-10-17","Statement":[{"Sid":"${'x'.repeat(2048)}","Effect":"Allow","Action":"*","Resource":"*"}]}`,
          },
        },
        'policy-document-malformed',
        'over 2048 characters',
      ],
    ]),
  )('fails with $row.1: $reason', ({ row: [changes, code] }) => {
    const nothing = {
      thingTypes: { pump: false },
      thingGroups: { cold: false },
      billingGroups: { b: false },
    };
    expect(codes(run(template(changes), certificate(), nothing))).toEqual([code]);
  });

  it('gives every failure at once, the first as AWS would', () => {
    const bad = template({
      thing: { ThingName: ref('StateName'), AttributePayload: { o: ref('Organization') } },
    });
    expect(codes(run(bad))).toEqual(['unresolved-reference', 'unresolved-reference']);
  });

  it('takes an empty subject attribute for none', () => {
    expect(codes(run(template(), certificate({ commonName: '' })))).toEqual(['unresolved-reference']);
  });

  it('says of a resource with an unresolved Ref only that: the rest of it was never reached', () => {
    const bad = template({ thing: { ThingName: ref('StateName'), ThingTypeName: 'pump' } });
    expect(codes(run(bad, certificate(), { thingTypes: { pump: false } }))).toEqual(['unresolved-reference']);
  });

  it('names a policy of a document by the upper-case SHA-1 of its text', () => {
    const document =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
    const evaluation = run(template({ policy: { PolicyDocument: document } }));
    // printf '%s' "$document" | sha1sum
    expect(evaluation).toMatchObject({
      plan: { policies: [{ name: '028AA4AAFA5DA4180F172AEE7CC55AACA7EA1CD5', document }] },
    });
  });

  it('accepts a status in any case and tells when the device will stay out', () => {
    expect(run(template({ certificate: { Status: 'Active' } }))).toMatchObject({
      plan: { certificate: { status: 'ACTIVE' } },
    });
    expect(findings(run(template({ certificate: { Status: 'INACTIVE' } })))).toContain(
      'certificate-stays-inactive',
    );
  });

  it('goes on with what it could not look up, and says what', () => {
    const evaluation = evaluate({
      template: template(),
      certificate: certificate(),
      registry: UNKNOWN_REGISTRY,
    });
    expect(evaluation.kind).toBe('plan');
    expect(findings(evaluation)).toEqual(expect.arrayContaining(['not-looked-up', 'thing-name-unverified']));
  });

  it('lists the names that a dry run has to look up', () => {
    const names = namesToLookUp(
      template({ thing: { ThingTypeName: 'pump', ThingGroups: ['cold'], BillingGroup: 'b' } }),
      certificate(),
    );
    expect(names).toEqual({
      things: ['DemoThing'],
      policies: ['FleetPolicy'],
      thingTypes: ['pump'],
      thingGroups: ['cold'],
      billingGroups: ['b'],
    });
  });

  it('never throws, whatever the properties', () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(ref('CommonName'), ref('Country'), { 'Fn::Sub': 'x' }),
    );
    const names = fc.constantFrom(
      'ThingName',
      'AttributePayload',
      'ThingTypeName',
      'ThingGroups',
      'BillingGroup',
      'PolicyName',
      'PolicyDocument',
      'Status',
      'CertificateId',
      'AttributePayload',
    );
    const properties = fc.dictionary(names, value);
    fc.assert(
      fc.property(properties, properties, properties, fc.string(), (thing, cert, policy, commonName) => {
        const evaluation = run(
          template({ thing, certificate: cert, policy, overrides: thing }),
          certificate({ commonName }),
        );
        expect(['plan', 'failure']).toContain(evaluation.kind);
      }),
    );
  });
});

describe('evaluate: a thing that is already there (guide, "Override settings")', () => {
  const existing = { attributes: { a: 'old', kept: 'yes' }, thingTypeName: 'pump', thingGroups: ['warm'] };
  const snapshot = {
    things: { DemoThing: existing },
    thingTypes: { pump: true, valve: true },
    thingGroups: { cold: true, warm: true },
  };
  const wanted = { AttributePayload: { a: 'new' }, ThingTypeName: 'valve', ThingGroups: ['cold'] };
  const withOverrides = (overrides: object) =>
    run(template({ thing: wanted, overrides }), certificate(), snapshot);

  it.each<[object, object, string]>([
    [
      {},
      { deed: 'reuse', attributes: { a: 'old', kept: 'yes' }, typeName: 'pump', groups: ['warm'] },
      'left as it is by default',
    ],
    [
      { AttributePayload: 'DO_NOTHING' },
      { deed: 'reuse', attributes: { a: 'old', kept: 'yes' } },
      'left as asked',
    ],
    [{ AttributePayload: 'REPLACE' }, { deed: 'update', attributes: { a: 'new' } }, 'replaced'],
    [{ AttributePayload: 'MERGE' }, { deed: 'update', attributes: { a: 'new', kept: 'yes' } }, 'merged'],
    [
      { ATTRIBUTE_PAYLOAD: 'MERGE' },
      { attributes: { a: 'new', kept: 'yes' } },
      "the spelling of the guide's prose",
    ],
    [{ ThingTypeName: 'REPLACE' }, { deed: 'update', typeName: 'valve' }, 'another type'],
    [{ ThingGroups: 'REPLACE' }, { groups: ['cold'] }, 'other groups'],
    [{ ThingGroups: 'MERGE' }, { groups: ['warm', 'cold'] }, 'both groups'],
  ])('%j: %j (%s)', (overrides, thing) => {
    const evaluation = withOverrides(overrides);
    expect(evaluation).toMatchObject({ kind: 'plan', plan: { thing } });
    expect(findings(evaluation)).toContain('thing-reused');
  });

  it('fails where the template says FAIL', () => {
    expect(withOverrides({ AttributePayload: 'FAIL' })).toMatchObject({
      failures: [{ code: 'thing-exists', awsName: 'ResourceConflictsException' }],
    });
  });

  it('attaches the certificate to a reused thing without touching it', () => {
    const evaluation = withOverrides({});
    expect(evaluation.kind === 'plan' && evaluation.plan.steps.map(({ action }) => action)).toEqual([
      'iot:AttachPolicy',
      'iot:AttachThingPrincipal',
      'iot:UpdateCertificate',
    ]);
  });

  it('asks no room for attributes that are already there', () => {
    const full = { attributes: { a: '1', b: '2', c: '3', d: '4' } };
    expect(run(template(), certificate(), { things: { DemoThing: full } })).toMatchObject({
      plan: { thing: { deed: 'reuse', attributes: full.attributes } },
    });
  });

  it('moves a thing from group to group', () => {
    const evaluation = withOverrides({ ThingGroups: 'REPLACE' });
    expect(evaluation.kind === 'plan' && evaluation.plan.steps).toEqual(
      expect.arrayContaining([
        { action: 'iot:RemoveThingFromThingGroup', thingName: 'DemoThing', thingGroupName: 'warm' },
        { action: 'iot:AddThingToThingGroup', thingName: 'DemoThing', thingGroupName: 'cold' },
      ]),
    );
  });

  it('counts merged attributes against the limit', () => {
    const untyped = { ...EMPTY, things: { DemoThing: { attributes: { x: '1', y: '2', z: '3' } } } };
    const merging = template({
      thing: { AttributePayload: { a: '4' } },
      overrides: { AttributePayload: 'MERGE' },
    });
    expect(codes(run(merging, certificate(), { things: untyped.things }))).toEqual(['too-many-attributes']);
  });

  it('ignores an override of the status, as the guide’s own example does', () => {
    const parsed = template();
    const resources = parsed.resources.map((resource) =>
      resource.kind === 'certificate'
        ? { ...resource, overrideSettings: { Status: 'DO_NOTHING' } }
        : resource,
    );
    const evaluation = run({ ...parsed, resources });
    expect(evaluation).toMatchObject({ plan: { certificate: { status: 'ACTIVE' } } });
    expect(findings(evaluation)).toContain('status-override-has-no-effect');
  });
});

/** Rows named by their last column, since the first is too long to print. */
function byReason<Row extends readonly [...unknown[], string]>(rows: readonly Row[]) {
  return rows.map((row) => ({ row, reason: row.at(-1) }));
}
