/**
 * What can be said of a template before any certificate is known.
 * AWS IoT Developer Guide, "Provisioning templates" and "Just-in-time provisioning".
 * @module
 */
import { isJsonObject, type JsonObject, member } from '@/lib/policy/json-text';
import { parameterSource } from './certificate-parameters';
import { checkCertificateSource, checkJitpCertificate } from './certificate-resource-check';
import {
  type ProvisioningFailure,
  type ProvisioningFinding,
  provisioningFailure,
} from './provisioning-failure';
import { propertiesPath, refName, usesIn } from './references';
import { memberPath, type ResourceKind, type Template, type TemplateResource } from './template';

/**
 * What a template is for, which decides where its parameters come from: the certificate (just-in-time provisioning), the
 * device (fleet provisioning), or the caller (RegisterThing).
 */
export type TemplateUse = 'jitp' | 'fleet' | 'register-thing';

export type TemplateCheck = {
  /** What AWS refuses when the template is attached to a CA. */
  refusals: ProvisioningFailure[];
  findings: ProvisioningFinding[];
};

/** The properties each resource type has. Others are kept and reported. */
const PROPERTIES: Readonly<Record<ResourceKind, readonly string[]>> = {
  thing: ['ThingName', 'AttributePayload', 'ThingTypeName', 'ThingGroups', 'BillingGroup'],
  certificate: ['CertificateId', 'CertificateSigningRequest', 'CertificatePem', 'CACertificatePem', 'Status'],
  policy: ['PolicyName', 'PolicyDocument'],
};

/** Checks parameters and resources; total over every template that could be read. */
export function checkTemplate(template: Template, use: TemplateUse = 'jitp'): TemplateCheck {
  const check: TemplateCheck = { refusals: [], findings: [] };
  checkParameters(template, use, check);
  for (const resource of template.resources) checkResource(resource, use, check);
  checkCounts(template, check);
  for (const section of ['Mappings', 'DeviceConfiguration']) {
    if (use !== 'fleet' && Object.hasOwn(template.rest, section)) {
      check.findings.push({ code: 'fleet-only-section', path: `$.${section}`, params: { section } });
    }
  }
  return check;
}

function checkParameters(template: Template, use: TemplateUse, { refusals, findings }: TemplateCheck): void {
  const used = new Set(usesIn(template).references.map(({ name }) => name));
  for (const { name, type } of template.parameters) {
    const path = memberPath('$.Parameters', name);
    if (use === 'jitp' && parameterSource(name) === undefined) {
      // Guide: JITP accepts only the eight certificate parameters. The words are ours.
      refusals.push(
        provisioningFailure({
          code: 'parameter-not-available',
          message: `Invalid registration template. Parameter ${name} is not available for just-in-time provisioning`,
          authority: 'documented',
          path,
          params: { name },
        }),
      );
      continue;
    }
    if (type !== 'String')
      findings.push({ code: 'parameter-type-unknown', path, params: { type: type ?? '' } });
    if (!used.has(name)) findings.push({ code: 'parameter-unused', path, params: { name } });
  }
}

function checkCounts({ resources }: Template, { refusals, findings }: TemplateCheck): void {
  const count = (kind: ResourceKind) => resources.filter((resource) => resource.kind === kind).length;
  for (const kind of ['thing', 'certificate'] as const) {
    if (count(kind) > 1) {
      refusals.push(
        provisioningFailure({
          code: 'more-than-one-resource',
          message: `Invalid registration template. More than one ${kind} resource`,
          authority: 'inferred',
          path: '$.Resources',
          params: { kind, count: count(kind) },
        }),
      );
    }
  }
  if (count('certificate') === 0) {
    // Guide: the certificate resource carries the CertificateId that JITP must use.
    refusals.push(
      provisioningFailure({
        code: 'certificate-resource-missing',
        message: 'Invalid registration template. No certificate resource is present in the Template.',
        authority: 'inferred',
        path: '$.Resources',
      }),
    );
  }
  if (count('thing') === 0) findings.push({ code: 'no-thing-resource', path: '$.Resources', params: {} });
  if (count('policy') === 0) findings.push({ code: 'no-policy-resource', path: '$.Resources', params: {} });
}

function checkResource(resource: TemplateResource, use: TemplateUse, check: TemplateCheck): void {
  const { logicalId, kind, type, properties = {} } = resource;
  const path = propertiesPath(logicalId);
  if (kind === undefined) {
    check.refusals.push(
      provisioningFailure({
        code: 'resource-type-unknown',
        message: `Invalid registration template. Unknown resource type: ${type}`,
        authority: 'inferred',
        path: `${memberPath('$.Resources', logicalId)}.Type`,
        params: { type },
      }),
    );
    return;
  }
  for (const name of Object.keys(properties)) {
    if (!PROPERTIES[kind].includes(name)) {
      check.findings.push({ code: 'property-unknown', path: memberPath(path, name), params: { name } });
    }
  }
  if (kind === 'policy') checkPolicy(properties, path, check);
  if (kind === 'certificate' && use === 'jitp') checkJitpCertificate(resource, properties, path, check);
  if (kind === 'certificate' && use !== 'jitp') checkCertificateSource(properties, path, check);
  if (kind === 'thing' && member(properties, 'ThingName') === undefined) {
    check.refusals.push(
      provisioningFailure({
        code: 'property-missing',
        message: 'Invalid registration template. ThingName is not present in the Template.',
        authority: 'inferred',
        path: `${path}.ThingName`,
        params: { name: 'ThingName' },
      }),
    );
  }
}

function checkPolicy(properties: JsonObject, path: string, { refusals, findings }: TemplateCheck): void {
  const name = member(properties, 'PolicyName');
  const document = member(properties, 'PolicyDocument');
  if (name === undefined && document === undefined) {
    refusals.push(
      provisioningFailure({
        code: 'policy-name-and-document-missing',
        // AWS's own words, seen from UpdateCACertificate.
        message:
          'Invalid registration template. Neither policyName nor policyDocument is present in the Template.',
        authority: 'measured',
        path,
      }),
    );
  }
  if (name !== undefined && document !== undefined) {
    refusals.push(
      provisioningFailure({
        code: 'policy-name-and-document-both',
        message:
          'Invalid registration template. Both policyName and policyDocument are present in the Template.',
        authority: 'inferred',
        path,
      }),
    );
  }
  if (isJsonObject(document) && refName(document) === undefined) {
    findings.push({ code: 'policy-document-is-object', path: `${path}.PolicyDocument`, params: {} });
  }
}
