import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import type { NameFacts } from '@/lib/pki/name-facts';
import type { CertificateVariables, NameField } from '@/lib/policy/policy-context';

/** AWS IoT Developer Guide, "X.509 Certificate AWS IoT Core policy variables", by the attributes' short names. */
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
    subject: variablesOf(facts.subject),
    issuer: variablesOf(facts.issuer),
  };
}

function variablesOf({ attributes }: NameFacts): Partial<Record<NameField, readonly string[]>> {
  const values: Partial<Record<NameField, string[]>> = {};
  for (const { shortName, value } of attributes) {
    const field = FIELDS.get(shortName);
    if (field !== undefined) values[field] = [...(values[field] ?? []), value];
  }
  return values;
}
