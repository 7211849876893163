/**
 * What policies can ask of a certificate, from the certificate as it was read, or from a subject that is only typed.
 * AWS IoT Developer Guide, "X.509 Certificate AWS IoT Core policy variables".
 * @module
 */
import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import type { NameFacts } from '@/lib/pki/name-facts';
import { SUBJECT_ATTRIBUTES, type Subject } from '@/lib/pki/subject';
import type { CertificateVariables, NameField } from './policy-context';

/** By the attributes' short names. */
const FIELDS: ReadonlyMap<string, NameField> = new Map([
  ['dnQualifier', 'DistinguishedNameQualifier'],
  ['C', 'Country'],
  ['O', 'Organization'],
  ['OU', 'OrganizationalUnit'],
  ['ST', 'State'],
  ['CN', 'CommonName'],
  ['serialNumber', 'SerialNumber'],
  ['title', 'Title'],
  ['SN', 'Surname'],
  ['GN', 'GivenName'],
  ['initials', 'Initials'],
  ['pseudonym', 'Pseudonym'],
  ['generationQualifier', 'GenerationQualifier'],
]);

/** What policies can ask of a certificate, alternative names apart. */
export function certificateVariables(facts: CertificateFacts): CertificateVariables {
  return {
    serialNumberDecimal: facts.serialDecimal,
    subject: nameVariables(facts.subject),
    issuer: nameVariables(facts.issuer),
  };
}

/** What policies can ask of a name. */
export function nameVariables({
  attributes,
}: Pick<NameFacts, 'attributes'>): Partial<Record<NameField, readonly string[]>> {
  const values: Partial<Record<NameField, string[]>> = {};
  for (const { shortName, value } of attributes) {
    const field = FIELDS.get(shortName);
    if (field !== undefined) values[field] = [...(values[field] ?? []), value];
  }
  return values;
}

/** What policies could ask of a certificate with this subject. */
export function subjectVariables(subject: Subject): CertificateVariables {
  const attributes = SUBJECT_ATTRIBUTES.flatMap(({ field, oid, shortName }) => {
    const value = subject[field];
    return value === undefined || value === '' ? [] : [{ oid, shortName, value }];
  });
  return { subject: nameVariables({ attributes }) };
}
