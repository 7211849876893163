import { describe, expect, test } from 'vitest';
import { starterConfig } from '@/lib/provisioning/starters';
import { parseTemplate, type Template } from '@/lib/provisioning/template';
import { certificateToBe, clientNameOf, dryRun, namesOf, nameToShow } from './dry-run';

function template(body: string): Template {
  const parsed = parseTemplate(body);
  if (!parsed.ok) throw new Error('not a template');
  return parsed.value;
}

const VALUES = {
  accountId: '123456789012',
  region: 'us-east-1',
  roleArn: 'arn:aws:iam::123456789012:role/JITPRole',
  policyName: 'FleetPolicy',
};
const PREDEFINED = template(starterConfig('predefined-policy', VALUES).templateBody);

const thingNamed = (parameter: string) =>
  template(
    JSON.stringify({
      Parameters: { [parameter]: { Type: 'String' }, 'AWS::IoT::Certificate::Id': { Type: 'String' } },
      Resources: {
        thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: { Ref: parameter } } },
        certificate: {
          Type: 'AWS::IoT::Certificate',
          Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
        },
      },
    }),
  );

const DEVICE = certificateToBe({ commonName: 'DemoThing', country: 'IN' });

describe('the dry run of a certificate that is not made yet', () => {
  test('asks AWS about the names that the template makes of the subject', () => {
    expect(namesOf(PREDEFINED, DEVICE)).toMatchObject({ things: ['DemoThing'], policies: ['FleetPolicy'] });
  });

  test.each(['AWS::IoT::Certificate::Id', 'AWS::IoT::Certificate::SerialNumber'])(
    'does not ask about a thing named by %s, which nobody knows yet, and says so',
    (parameter) => {
      const given = thingNamed(parameter);
      expect(namesOf(given, DEVICE).things).toEqual([]);
      const evaluation = dryRun(given, DEVICE, { things: {}, policies: {} });
      const name = evaluation.kind === 'plan' ? (evaluation.plan.thing?.name ?? '') : '';
      expect(nameToShow(name, { id: 'id', serial: 'serial' })).toMatch(/^⟨(id|serial)⟩$/);
    },
  );

  test.each([
    { reason: 'a policy that is not there', policies: { FleetPolicy: false }, kind: 'failure' },
    { reason: 'a policy that is there', policies: { FleetPolicy: true }, kind: 'plan' },
    { reason: 'a policy that was not looked up', policies: {}, kind: 'plan' },
  ])('$reason gives a $kind', ({ policies, kind }) => {
    expect(dryRun(PREDEFINED, DEVICE, { things: { DemoThing: null }, policies }).kind).toBe(kind);
  });
});

describe('clientNameOf', () => {
  const certificateId = 'abcdef12'.repeat(8);
  test.each([
    { reason: 'the thing', commonName: 'DemoThing', given: PREDEFINED, name: 'DemoThing' },
    { reason: 'the common name without a template', commonName: 'Cn', given: undefined, name: 'Cn' },
    {
      reason: 'the short id without either',
      commonName: undefined,
      given: undefined,
      name: 'device-abcdef12',
    },
  ])('calls the device after $reason', ({ commonName, given, name }) => {
    const certificate = {
      certificateId,
      serialNumberDecimal: '1',
      subject: { commonName, country: 'IN' },
    };
    const evaluation = given && dryRun(given, certificate, { things: {}, policies: {} });
    expect(clientNameOf(evaluation, certificate)).toBe(name);
  });
});
