/**
 * A template with the parameters of a RegisterThing call.
 * AWS IoT Developer Guide, "Single thing provisioning"; AWS IoT API Reference, RegisterThing.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import { CERTIFICATE_SOURCES } from './certificate-resource-check';
import { evaluateResources, resolveResources } from './evaluate-resources';
import type { Evaluation } from './plan';
import { type EvaluationNotes, type ProvisioningFailure, provisioningFailure } from './provisioning-failure';
import { propertiesPath, resolveProperties } from './references';
import type { RegistryFacts } from './registry-facts';
import type { Template } from './template';
import { checkTemplate } from './template-check';

/** Parameters by name; the caller chooses the names. */
export type RegistrationParameters = Readonly<Record<string, string>>;

/** Which certificate the template means, before it is looked up, registered or issued. */
export type CertificateSource =
  | { kind: 'id'; certificateId: string }
  | { kind: 'pem'; certificatePem: string; caCertificatePem: string | undefined }
  | { kind: 'csr'; certificateSigningRequest: string };

/**
 * Checks the template and reads where its certificate comes from.
 *
 * @returns the first thing that AWS would report, on failure
 */
export function certificateSource(
  template: Template,
  parameters: RegistrationParameters,
): Result<CertificateSource, ProvisioningFailure> {
  const [refusal] = checkTemplate(template, 'register-thing').refusals;
  if (refusal) return fail(refusal);
  const resource = template.resources.find(({ kind }) => kind === 'certificate');
  if (!resource) throw new TypeError('a template without certificate resource passed its check');
  const path = propertiesPath(resource.logicalId);
  const { resolved, failures } = resolveProperties(resource.properties ?? {}, path, (name) =>
    parameterOf(template, parameters, name),
  );
  const [failure] = failures;
  if (failure) return fail(failure);
  const values = new Map(Object.entries(resolved));
  for (const name of [...CERTIFICATE_SOURCES, 'CACertificatePem']) {
    const value = values.get(name);
    if (value !== undefined && typeof value !== 'string') {
      return fail(notText(`${path}.${name}`));
    }
  }
  const text = (name: string) => {
    const value = values.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const certificateId = text('CertificateId');
  if (certificateId !== undefined) return ok({ kind: 'id', certificateId });
  const certificatePem = text('CertificatePem');
  if (certificatePem !== undefined) {
    return ok({ kind: 'pem', certificatePem, caCertificatePem: text('CACertificatePem') });
  }
  return ok({ kind: 'csr', certificateSigningRequest: text('CertificateSigningRequest') ?? '' });
}

/** Evaluates the template for the certificate that its source has become. */
export function evaluateRegistration(input: {
  template: Template;
  parameters: RegistrationParameters;
  certificateId: string;
  registry: RegistryFacts;
}): Evaluation {
  const { template, parameters, certificateId, registry } = input;
  const { refusals, findings } = checkTemplate(template, 'register-thing');
  const notes: EvaluationNotes = { failures: [...refusals], findings: [...findings] };
  const resources = resolveResources(template, (name) => parameterOf(template, parameters, name), notes);
  return evaluateResources(resources, { certificateId, registry }, notes);
}

/** Only what the template declares has a value; what it does not declare is passed in vain. */
function parameterOf(
  template: Template,
  parameters: RegistrationParameters,
  name: string,
): string | undefined {
  const declared = template.parameters.find((parameter) => parameter.name === name);
  if (!declared) return undefined;
  return Object.hasOwn(parameters, name) ? parameters[name] : declared.defaultValue;
}

const notText = (path: string) =>
  provisioningFailure({
    code: 'property-of-wrong-type',
    message: `Invalid registration template. Unexpected value at ${path}`,
    authority: 'inferred',
    path,
  });
