/**
 * What policies and templates may ask of a certificate, read with `node:crypto` alone, so that the sandbox judges
 * certificates with other code than the console issues them with.
 * @module
 */
import type { X509Certificate } from 'node:crypto';
import type { AlternativeNameField, CertificateVariables, NameField } from '@/lib/policy/policy-context';
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import { certificateIdOf } from './peer-certificates';

/** OpenSSL's short names of the X.500 attributes that policies can name. */
const NAME_FIELDS: readonly (readonly [shortName: string, field: NameField])[] = [
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
];

/** The facts that a provisioning template's parameters are filled from. */
export function provisioningFacts(x509: X509Certificate): CertificateFacts {
  const subject = readName(x509.toLegacyObject().subject);
  const first = (shortName: string) => subject.get(shortName)?.[0];
  return {
    certificateId: certificateIdOf(x509),
    serialNumberDecimal: serialNumberDecimal(x509),
    subject: {
      country: first('C'),
      stateName: first('ST'),
      organization: first('O'),
      organizationalUnit: first('OU'),
      commonName: first('CN'),
      dnQualifier: first('dnQualifier'),
      serialNumber: first('serialNumber'),
    },
  };
}

/** The values behind `iot:Certificate.*`. */
export function certificateVariables(x509: X509Certificate): CertificateVariables {
  const { subject, issuer } = x509.toLegacyObject();
  return {
    serialNumberDecimal: serialNumberDecimal(x509),
    subject: nameVariables(readName(subject)),
    issuer: nameVariables(readName(issuer)),
    subjectAlternativeName: readAlternativeNames(x509.subjectAltName),
  };
}

function serialNumberDecimal(x509: X509Certificate): string {
  return BigInt(`0x${x509.serialNumber}`).toString();
}

/** Attributes by short name, values in the order of the certificate. */
function readName(name: object | undefined): Map<string, string[]> {
  const attributes = new Map<string, string[]>();
  for (const [shortName, value] of Object.entries(name ?? {})) {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    attributes.set(
      shortName,
      values.filter((one) => typeof one === 'string'),
    );
  }
  return attributes;
}

function nameVariables(name: Map<string, string[]>): Partial<Record<NameField, readonly string[]>> {
  const variables: Partial<Record<NameField, readonly string[]>> = {};
  for (const [shortName, field] of NAME_FIELDS) {
    const values = name.get(shortName);
    if (values !== undefined) variables[field] = values;
  }
  return variables;
}

const ALTERNATIVE_NAME_FIELDS: ReadonlyMap<string, AlternativeNameField> = new Map([
  ['email', 'RFC822Name'],
  ['DNS', 'DNSName'],
  ['DirName', 'DirectoryName'],
  ['URI', 'UniformResourceIdentifier'],
  ['IP Address', 'IPAddress'],
]);

/** Node prints `DNS:a, IP Address:1.2.3.4`, and a value that could mislead as a JSON string (CVE-2021-44532). */
function readAlternativeNames(
  printed: string | undefined,
): Partial<Record<AlternativeNameField, readonly string[]>> {
  const names: Partial<Record<AlternativeNameField, string[]>> = {};
  const entries = (printed ?? '').matchAll(/(?:^|, )([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,]*)/g);
  for (const [, type = '', text = ''] of entries) {
    const field = ALTERNATIVE_NAME_FIELDS.get(type);
    if (field === undefined) continue;
    const value: unknown = text.startsWith('"') ? JSON.parse(text) : text;
    if (typeof value === 'string') names[field] = [...(names[field] ?? []), value];
  }
  return names;
}
