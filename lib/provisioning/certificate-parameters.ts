/**
 * The parameters that JITP fills from the device's certificate: these names and no others.
 * AWS IoT Developer Guide, "Just-in-time provisioning".
 * @module
 */

/** The subject fields that a template can ask for, named as our issue form names them. */
export type SubjectField =
  | 'country'
  | 'stateName'
  | 'organization'
  | 'organizationalUnit'
  | 'commonName'
  | 'dnQualifier';

/** Where a parameter's value comes from. */
export type ParameterSource =
  | { kind: 'subject'; field: SubjectField }
  /** The X.509 serial number in decimal; the guide and AWS's samples disagree, the samples were seen to run. */
  | { kind: 'serial-number' }
  /** The AWS certificate id: always there. */
  | { kind: 'certificate-id' };

/** What a template can know of a device certificate. The first value of each subject attribute. */
export type CertificateFacts = {
  /** Lower-case hex SHA-256 of the DER. */
  certificateId: string;
  /** The certificate's own serial number, decimal. */
  serialNumberDecimal: string;
  subject: Partial<Record<SubjectField, string | undefined>> & {
    /** The subject attribute serialNumber (2.5.4.5), which is not what the template gets. */
    serialNumber?: string | undefined;
  };
};

const CERTIFICATE_PARAMETERS: ReadonlyMap<string, ParameterSource> = new Map<string, ParameterSource>([
  ['AWS::IoT::Certificate::Country', { kind: 'subject', field: 'country' }],
  ['AWS::IoT::Certificate::Organization', { kind: 'subject', field: 'organization' }],
  ['AWS::IoT::Certificate::OrganizationalUnit', { kind: 'subject', field: 'organizationalUnit' }],
  ['AWS::IoT::Certificate::DistinguishedNameQualifier', { kind: 'subject', field: 'dnQualifier' }],
  ['AWS::IoT::Certificate::StateName', { kind: 'subject', field: 'stateName' }],
  ['AWS::IoT::Certificate::CommonName', { kind: 'subject', field: 'commonName' }],
  ['AWS::IoT::Certificate::SerialNumber', { kind: 'serial-number' }],
  ['AWS::IoT::Certificate::Id', { kind: 'certificate-id' }],
]);

/** All eight, in the guide's order. */
export const CERTIFICATE_PARAMETER_NAMES: readonly string[] = [...CERTIFICATE_PARAMETERS.keys()];

export const CERTIFICATE_ID_PARAMETER = 'AWS::IoT::Certificate::Id';
export const SERIAL_NUMBER_PARAMETER = 'AWS::IoT::Certificate::SerialNumber';

/** Where JITP takes a parameter from; undefined for a name that JITP does not know. */
export function parameterSource(name: string): ParameterSource | undefined {
  return CERTIFICATE_PARAMETERS.get(name);
}

/** The value JITP passes for a parameter; undefined when the certificate has none. */
export function certificateValue(name: string, certificate: CertificateFacts): string | undefined {
  const source = parameterSource(name);
  switch (source?.kind) {
    case undefined:
      return undefined;
    case 'certificate-id':
      return certificate.certificateId;
    case 'serial-number':
      return certificate.serialNumberDecimal;
    case 'subject':
      // An empty attribute is no value: a thing cannot be called "".
      return certificate.subject[source.field] || undefined;
  }
}
