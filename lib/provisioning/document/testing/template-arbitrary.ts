import fc from 'fast-check';
import { anyJson } from '@/lib/policy/testing/json-arbitrary';

const name = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'Type',
    'a/b',
    'AWS::IoT::Certificate::Id',
    'AWS::IoT::Certificate::Country',
    'AWS::IoT::Certificate::CommonName',
    'thing',
    'Ref',
  ),
);

const value = fc.oneof(
  anyJson(2),
  fc.constantFrom(
    `\${iot:ClientId}`,
    'arn:aws:iot:us-east-1:123456789012:client/*',
    'a b',
    '%{ if x }',
    '$${a}',
  ),
  fc
    .constantFrom('CommonName', 'Country', 'Id', 'X')
    .map((end) => ({ Ref: `AWS::IoT::Certificate::${end}` })),
  fc.constant({ 'Fn::Join': ['', ['a', { Ref: 'SerialNumber' }]] }),
  fc.json().filter((text) => text.length < 200),
);

const properties = fc.oneof(
  fc.dictionary(name, value, { maxKeys: 3 }),
  fc.record(
    {
      ThingName: value,
      AttributePayload: fc.oneof(fc.dictionary(name, value, { maxKeys: 4 }), value),
      ThingGroups: fc.oneof(fc.array(value, { maxLength: 3 }), value),
      CertificateId: value,
      Status: fc.oneof(fc.constantFrom('ACTIVE', 'Inactive'), value),
      PolicyName: value,
      PolicyDocument: value,
    },
    { requiredKeys: [] },
  ),
);

const resource = fc
  .record(
    { Properties: properties, OverrideSettings: fc.dictionary(name, value, { maxKeys: 2 }), Metadata: value },
    { requiredKeys: [] },
  )
  .chain((members) =>
    fc
      .constantFrom('AWS::IoT::Thing', 'AWS::IoT::Certificate', 'AWS::IoT::Policy', 'X')
      .map((Type) => ({ Type, ...members })),
  );

const parameter = fc.record(
  { Type: fc.string(), Default: fc.string(), Description: value },
  { requiredKeys: [] },
);

/** The text of a template: ours, AWS's, fleet provisioning's, or nobody's; never longer than AWS takes. */
export const anyTemplateText: fc.Arbitrary<string> = fc
  .record(
    {
      Parameters: fc.dictionary(name, parameter, { maxKeys: 3 }),
      Resources: fc.dictionary(name, resource, { maxKeys: 3 }),
      Mappings: value,
      DeviceConfiguration: value,
    },
    { requiredKeys: ['Parameters', 'Resources'] },
  )
  .chain((template) => fc.integer({ min: 0, max: 3 }).map((indent) => JSON.stringify(template, null, indent)))
  .filter((text) => text.length <= 10_240);
