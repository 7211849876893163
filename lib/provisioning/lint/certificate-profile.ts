/**
 * What the certificates of one CA carry, as its profile says or as its ledger shows, against what a template wants.
 * AWS IoT Developer Guide, "Just-in-time provisioning".
 * @module
 */
import type { CertificateFacts, SubjectField } from '@/lib/provisioning/certificate-parameters';
import { requiredParameters } from '@/lib/provisioning/required-parameters';
import type { Template } from '@/lib/provisioning/template';

/** A field that is not named is not known, and not judged. */
export type CertificateProfile = Partial<Record<SubjectField, 'always' | 'sometimes' | 'never'>>;

export type ProfileGap = {
  name: string;
  field: SubjectField;
  carried: 'sometimes' | 'never';
  /** Where it is used; empty where it is only declared, which the guide says fails as well. */
  paths: string[];
};

/** The fields that a template cannot do without and that certificates lack. */
export function profileGaps(template: Template, profile: CertificateProfile): ProfileGap[] {
  return requiredParameters(template).flatMap(({ name, source, need, paths }): ProfileGap[] => {
    if (source.kind !== 'subject' || need === 'optional') return [];
    const carried = profile[source.field];
    if (carried === undefined || carried === 'always') return [];
    return [{ name, field: source.field, carried, paths }];
  });
}

/** What a set of certificates says of the profile they were made by. */
export function profileOf(certificates: readonly CertificateFacts[]): CertificateProfile {
  if (certificates.length === 0) return {};
  const carriedBy = (field: SubjectField) => {
    const count = certificates.filter(({ subject }) => Boolean(subject[field])).length;
    return count === certificates.length ? 'always' : count === 0 ? 'never' : 'sometimes';
  };
  return {
    country: carriedBy('country'),
    stateName: carriedBy('stateName'),
    organization: carriedBy('organization'),
    organizationalUnit: carriedBy('organizationalUnit'),
    commonName: carriedBy('commonName'),
    dnQualifier: carriedBy('dnQualifier'),
  };
}

/** A certificate that has every field, with values that every pattern of the registry takes. */
export const HARMLESS_CERTIFICATE: CertificateFacts = {
  certificateId: '0'.repeat(64),
  serialNumberDecimal: '1',
  subject: {
    country: 'US',
    stateName: 'x',
    organization: 'x',
    organizationalUnit: 'x',
    commonName: 'x',
    dnQualifier: 'x',
  },
};
