/**
 * The largest template that AWS takes: 10 240 characters, ten policies, every parameter, three attributes.
 * @module
 */
import { CERTIFICATE_PARAMETER_NAMES } from '@/lib/provisioning/certificate-parameters';
import { TEMPLATE_BODY_CHARACTERS_MAX } from '@/lib/provisioning/template';

const POLICIES = 10;
/** Room for what the bench types. */
const SPARE_CHARACTERS = 200;

export function largestTemplate(): string {
  let text = '';
  for (let statements = 1; ; statements += 1) {
    const next = JSON.stringify(templateOf(statements), null, 1);
    if (next.length > TEMPLATE_BODY_CHARACTERS_MAX - SPARE_CHARACTERS) return text;
    text = next;
  }
}

/** `statements` are spread over the policies. */
function templateOf(statements: number) {
  const ref = (name: string) => ({ Ref: `AWS::IoT::Certificate::${name}` });
  const policies = Array.from({ length: POLICIES }, (_, policy) => [
    `policy${policy}`,
    {
      Type: 'AWS::IoT::Policy',
      Properties: {
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: Array.from({ length: Math.ceil((statements - policy) / POLICIES) }, (_item, index) => ({
            Effect: 'Allow',
            Action: ['iot:Publish', 'iot:Receive'],
            Resource: [
              `arn:aws:iot:us-east-2:123456789012:topic/p${policy}/${index}/\${iot:Connection.Thing.ThingName}/*`,
            ],
          })),
        }),
      },
    },
  ]);
  return {
    Parameters: Object.fromEntries(CERTIFICATE_PARAMETER_NAMES.map((name) => [name, { Type: 'String' }])),
    Resources: {
      thing: {
        Type: 'AWS::IoT::Thing',
        Properties: {
          ThingName: ref('CommonName'),
          AttributePayload: { version: 'v1', country: ref('Country'), serial: ref('SerialNumber') },
        },
      },
      certificate: {
        Type: 'AWS::IoT::Certificate',
        Properties: { CertificateId: ref('Id'), Status: 'ACTIVE' },
      },
      ...Object.fromEntries(policies),
    },
  };
}
