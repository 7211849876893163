/**
 * The certificate resource of a template, before any certificate is known.
 * AWS IoT Developer Guide, "Provisioning templates" and "Just-in-time provisioning".
 * @module
 */
import { type JsonObject, member } from '@/lib/policy/json-text';
import { CERTIFICATE_ID_PARAMETER } from './certificate-parameters';
import { provisioningFailure } from './provisioning-failure';
import { refName } from './references';
import { memberPath, type TemplateResource } from './template';
import type { TemplateCheck } from './template-check';

/** Just-in-time provisioning knows one way: the certificate that the device has brought. */
export function checkJitpCertificate(
  resource: TemplateResource,
  properties: JsonObject,
  path: string,
  check: TemplateCheck,
): void {
  const hasOther = ['CertificateSigningRequest', 'CertificatePem'].some((name) =>
    Object.hasOwn(properties, name),
  );
  if (refName(member(properties, 'CertificateId')) !== CERTIFICATE_ID_PARAMETER || hasOther) {
    // Guide, "Just-in-time provisioning": the value must be a Ref to AWS::IoT::Certificate::Id.
    check.refusals.push(
      provisioningFailure({
        code: 'certificate-id-missing',
        message: `Invalid registration template. CertificateId must be {Ref=${CERTIFICATE_ID_PARAMETER}}`,
        authority: 'documented',
        path: `${path}.CertificateId`,
      }),
    );
  }
  if (resource.overrideSettings !== undefined && Object.hasOwn(resource.overrideSettings, 'Status')) {
    // Guide's JITP example: DO_NOTHING, and the certificate becomes ACTIVE all the same.
    check.findings.push({
      code: 'status-override-has-no-effect',
      path: `${memberPath('$.Resources', resource.logicalId)}.OverrideSettings.Status`,
      params: {},
    });
  }
}

/** Where the certificate of other templates may come from: exactly one of these. */
export const CERTIFICATE_SOURCES = ['CertificateId', 'CertificatePem', 'CertificateSigningRequest'] as const;

export function checkCertificateSource(
  properties: JsonObject,
  path: string,
  { refusals }: TemplateCheck,
): void {
  const given = CERTIFICATE_SOURCES.filter((name) => Object.hasOwn(properties, name));
  if (given.length === 1) return;
  refusals.push(
    provisioningFailure({
      code: 'certificate-id-missing',
      message: `Invalid registration template. Exactly one of ${CERTIFICATE_SOURCES.join(', ')} must be present in the Template.`,
      authority: 'documented',
      path,
      params: { given: given.join(', ') },
    }),
  );
}
