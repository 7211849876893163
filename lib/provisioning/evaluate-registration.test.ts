import { describe, expect, it } from 'vitest';
import { certificateSource, evaluateRegistration } from './evaluate-registration';
import { type RegistryFacts, UNKNOWN_REGISTRY } from './registry-facts';
import { parseTemplate, type Template } from './template';
import { checkTemplate } from './template-check';

const ID = 'a'.repeat(64);

function template(certificate: object, thing: object = {}, overrides?: object): Template {
  const parsed = parseTemplate(
    JSON.stringify({
      Parameters: { Name: { Type: 'String' }, Cert: { Type: 'String', Default: ID } },
      Resources: {
        device: {
          Type: 'AWS::IoT::Thing',
          Properties: { ThingName: { Ref: 'Name' }, ...thing },
          OverrideSettings: overrides,
        },
        leaf: { Type: 'AWS::IoT::Certificate', Properties: certificate },
      },
    }),
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value;
}
const byId = { CertificateId: { Ref: 'Cert' } };
const run = (of: Template, parameters: Record<string, string>, registry: RegistryFacts = UNKNOWN_REGISTRY) =>
  evaluateRegistration({ template: of, parameters, certificateId: ID, registry });

describe('the certificate of a template', () => {
  it.each<[object, object, string]>([
    [byId, { kind: 'id', certificateId: ID }, 'an id, here from a Default'],
    [
      { CertificatePem: 'P', CACertificatePem: 'C' },
      { kind: 'pem', certificatePem: 'P', caCertificatePem: 'C' },
      'a PEM with its CA',
    ],
    [
      { CertificateSigningRequest: 'R' },
      { kind: 'csr', certificateSigningRequest: 'R' },
      'a signing request',
    ],
  ])('%j is %j: %s', (properties, source) => {
    expect(certificateSource(template(properties), {})).toEqual({ ok: true, value: source });
  });

  it.each<[object, string, string]>([
    [{}, 'certificate-id-missing', 'no source'],
    [{ ...byId, CertificatePem: 'P' }, 'certificate-id-missing', 'two sources'],
    [{ CertificateId: { Ref: 'Other' } }, 'unresolved-reference', 'a parameter that is not declared'],
    [{ CertificateId: ['x'] }, 'property-of-wrong-type', 'no text'],
  ])('%j is refused with %s: %s', (properties, code) => {
    expect(certificateSource(template(properties), {})).toMatchObject({ ok: false, failure: { code } });
  });
});

describe('a registration', () => {
  it('takes the parameters that the template declares, and no others', () => {
    expect(run(template(byId), { Name: 'pump' })).toMatchObject({
      kind: 'plan',
      plan: { thing: { name: 'pump' }, certificate: { certificateId: ID, status: 'ACTIVE' } },
    });
    const undeclared = template(byId, { ThingName: { Ref: 'Other' } });
    expect(run(undeclared, { Name: 'pump', Other: 'x' })).toMatchObject({
      kind: 'failure',
      failures: [{ code: 'unresolved-reference' }],
    });
  });

  it('does not take what every object has for a parameter', () => {
    const inherited = template(byId, { ThingName: { Ref: 'toString' } });
    expect(run(inherited, { Name: 'pump' })).toMatchObject({ kind: 'failure' });
  });

  it('leaves the billing group that a thing is in before it joins another', () => {
    const existing = { attributes: {}, billingGroup: 'old' };
    const registry: RegistryFacts = {
      ...UNKNOWN_REGISTRY,
      thing: () => ({ kind: 'present', thing: existing }),
    };
    const moved = run(
      template(byId, { BillingGroup: 'new' }, { BillingGroup: 'REPLACE' }),
      { Name: 'pump' },
      registry,
    );
    if (moved.kind !== 'plan') expect.fail(JSON.stringify(moved));
    expect(moved.plan.steps.slice(1, 3)).toEqual([
      { action: 'iot:RemoveThingFromBillingGroup', thingName: 'pump', billingGroupName: 'old' },
      { action: 'iot:AddThingToBillingGroup', thingName: 'pump', billingGroupName: 'new' },
    ]);
  });
});

it('checks parameters and sections by what the template is for', () => {
  const fleet = parseTemplate(
    JSON.stringify({
      Parameters: { SerialNumber: { Type: 'String' } },
      Mappings: {},
      Resources: { leaf: { Type: 'AWS::IoT::Certificate', Properties: byId } },
    }),
  );
  if (!fleet.ok) expect.fail(JSON.stringify(fleet.failure));
  const codes = (use: 'jitp' | 'fleet' | 'register-thing') => {
    const { refusals, findings } = checkTemplate(fleet.value, use);
    return [refusals.map(({ code }) => code), findings.some(({ code }) => code === 'fleet-only-section')];
  };
  expect(codes('jitp')).toEqual([['parameter-not-available', 'certificate-id-missing'], true]);
  expect(codes('register-thing')).toEqual([[], true]);
  expect(codes('fleet')).toEqual([[], false]);
});
