/** A JITP template's text: a certificate and the policy `Fleet`, and what a test adds. */
export function templateText({
  thing,
  overrides,
  parameters = [],
  certificate = {},
}: {
  /** Properties of the thing; none without. */
  thing?: object;
  overrides?: object;
  /** Names behind `AWS::IoT::Certificate::`. */
  parameters?: readonly string[];
  /** Further properties of the certificate resource. */
  certificate?: object;
} = {}): string {
  const names = ['Id', ...parameters].map((name) => `AWS::IoT::Certificate::${name}`);
  return JSON.stringify({
    Parameters: Object.fromEntries(names.map((name) => [name, { Type: 'String' }])),
    Resources: {
      ...(thing && { thing: { Type: 'AWS::IoT::Thing', Properties: thing, OverrideSettings: overrides } }),
      certificate: {
        Type: 'AWS::IoT::Certificate',
        Properties: { CertificateId: ref('Id'), Status: 'ACTIVE', ...certificate },
      },
      policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'Fleet' } },
    },
  });
}

/** A reference to a certificate parameter. */
export const ref = (name: string) => ({ Ref: `AWS::IoT::Certificate::${name}` });

/** The document of the policy `Fleet`: everything may be done. */
export const FLEET_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }],
});
