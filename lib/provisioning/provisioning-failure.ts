/**
 * How provisioning fails: AWS's error name and text, with our code for what is behind it.
 * AWS IoT API Reference, RegisterThing and UpdateCACertificate; texts by `authority`.
 * @module
 */

export type FailureCode =
  | 'template-too-long'
  | 'template-not-json'
  | 'template-malformed'
  | 'parameter-not-available'
  | 'role-arn-malformed'
  | 'resource-type-unknown'
  | 'more-than-one-resource'
  | 'certificate-resource-missing'
  | 'certificate-id-missing'
  | 'certificate-status-unknown'
  | 'policy-name-and-document-missing'
  | 'policy-name-and-document-both'
  | 'policy-document-malformed'
  | 'policy-name-invalid'
  | 'unresolved-reference'
  | 'declared-parameter-absent'
  | 'function-not-supported'
  | 'property-missing'
  | 'property-of-wrong-type'
  | 'thing-name-invalid'
  | 'attribute-name-invalid'
  | 'attribute-value-invalid'
  | 'too-many-attributes'
  | 'too-many-thing-groups'
  | 'name-invalid'
  | 'override-setting-unknown'
  | 'thing-exists'
  | 'policy-not-found'
  | 'thing-type-not-found'
  | 'thing-group-not-found'
  | 'billing-group-not-found';

export type ProvisioningFailure = {
  code: FailureCode;
  /** The name AWS gives the error. */
  awsName: 'InvalidRequestException' | 'ResourceRegistrationFailureException' | 'ResourceConflictsException';
  /** The error's text: AWS's own where `authority` is `measured`, the nearest we know otherwise. */
  message: string;
  /** `measured`: text seen from AWS; `documented`: the guide states the rule; `inferred`: neither. */
  authority: 'measured' | 'documented' | 'inferred';
  /** JSON path in the template, from `$`. */
  path: string;
  params: Record<string, string | number>;
};

/** Makes a failure; unless said otherwise an InvalidRequestException. */
export function provisioningFailure(
  failure: Omit<ProvisioningFailure, 'awsName' | 'params' | 'message'> &
    Partial<Pick<ProvisioningFailure, 'awsName' | 'params' | 'message'>>,
): ProvisioningFailure {
  const { code, params = {}, awsName = 'InvalidRequestException' } = failure;
  // AWS begins what it has to say about a template with these words (measured on RegisterThing and UpdateCACertificate).
  const message = failure.message ?? `Invalid registration template. ${code} at ${failure.path}`;
  return { code, awsName, message, authority: failure.authority, path: failure.path, params };
}

/** Something that works, or may work, but is likely not meant. */
export type ProvisioningFinding = {
  code:
    | 'thing-reused'
    | 'thing-name-unverified'
    | 'serial-number-ambiguous'
    | 'default-used'
    | 'no-thing-resource'
    | 'no-policy-resource'
    | 'policy-document-is-object'
    | 'policy-allows-everything'
    | 'policy-document-finding'
    | 'certificate-stays-inactive'
    | 'certificate-id-not-the-parameter'
    | 'status-override-has-no-effect'
    | 'fleet-only-section'
    | 'parameter-unused'
    | 'parameter-type-unknown'
    | 'property-unknown'
    | 'placeholder-left'
    | 'thing-name-contains-colon'
    | 'not-looked-up';
  path: string;
  params: Record<string, string | number>;
};

/** What the evaluation of one resource adds to. */
export type EvaluationNotes = { failures: ProvisioningFailure[]; findings: ProvisioningFinding[] };
