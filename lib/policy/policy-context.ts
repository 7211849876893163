/**
 * What a policy can ask about a connection: basic, thing and X.509 variables.
 * AWS IoT Developer Guide, "Basic AWS IoT Core policy variables", "Thing policy variables", "X.509 Certificate AWS IoT
 * Core policy variables", "Using X.509 certificate policy variables".
 * @module
 */
import type { VariableLookup } from './pattern';

/** The X.500 attributes of subject and issuer that policies can name. Note `State`, not `StateName`. */
export type NameField =
  | 'DistinguishedNameQualifier'
  | 'Country'
  | 'Organization'
  | 'OrganizationalUnit'
  | 'State'
  | 'CommonName'
  | 'SerialNumber'
  | 'Title'
  | 'Surname'
  | 'GivenName'
  | 'Initials'
  | 'Pseudonym'
  | 'GenerationQualifier';

export type AlternativeNameField =
  | 'RFC822Name'
  | 'DNSName'
  | 'DirectoryName'
  | 'UniformResourceIdentifier'
  | 'IPAddress';

/** Values in the order of the certificate, as plain text (not escaped). */
type Values<Field extends string> = Partial<Record<Field, readonly string[]>>;

export type CertificateVariables = {
  /** The certificate's serial number in decimal. */
  serialNumberDecimal?: string | undefined;
  subject?: Values<NameField> | undefined;
  issuer?: Values<NameField> | undefined;
  subjectAlternativeName?: Values<AlternativeNameField> | undefined;
  issuerAlternativeName?: Values<AlternativeNameField> | undefined;
};

/** The registry entry that the connection is associated with; see {@link associatedThing}. */
export type ConnectionThing = {
  name: string;
  typeName?: string | undefined;
  attributes?: Readonly<Record<string, string>> | undefined;
};

export type ConnectionFacts = {
  clientId?: string | undefined;
  sourceIp?: string | undefined;
  certificate?: CertificateVariables | undefined;
  thing?: ConnectionThing | undefined;
  /** For CONNECT: what the device asks for beyond a plain connection. */
  connectAttributes?: readonly ('PersistentConnect' | 'LastWill')[] | undefined;
  /** The ARN of the will's topic (guide, "Connect policy examples"). */
  lastWillTopic?: string | undefined;
  /** Further condition keys, e.g. `aws:SourceAccount` of a role's trust policy. */
  extra?: Readonly<Record<string, string | readonly string[]>> | undefined;
};

/** The values of condition keys and variables; undefined: the request has none. */
export type PolicyContext = { get(key: string): readonly string[] | undefined };

/** Guide: "Certificate attributes that contain arrays are limited to five items". */
const CERTIFICATE_VALUES_MAX = 5;
/** Guide: longer values are not substituted. */
const CERTIFICATE_VALUE_CHARACTERS_MAX = 1024;

/**
 * The thing whose variables a connection may use.
 * Guide, "Thing policy variables": attached to the certificate and named like the client id, or attached exclusively.
 */
export function associatedThing<Thing extends { name: string; exclusive?: boolean | undefined }>(
  clientId: string | undefined,
  attached: readonly Thing[],
): Thing | undefined {
  return attached.find(({ exclusive }) => exclusive) ?? attached.find(({ name }) => name === clientId);
}

/** Lays out the facts of a connection under the names that policies use. */
export function connectionContext(facts: ConnectionFacts): PolicyContext {
  const values = new Map<string, readonly string[]>();
  const set = (key: string, value: string | undefined) => {
    if (value !== undefined) values.set(normalizeKey(key), [value]);
  };
  set('iot:ClientId', facts.clientId);
  set('aws:SourceIp', facts.sourceIp);
  set('iot:LastWillTopic', facts.lastWillTopic);
  if (facts.connectAttributes !== undefined) values.set('iot:ConnectAttributes', facts.connectAttributes);
  set('iot:Connection.Thing.IsAttached', String(facts.thing !== undefined));
  if (facts.thing !== undefined) {
    set('iot:Connection.Thing.ThingName', facts.thing.name);
    set('iot:Connection.Thing.ThingTypeName', facts.thing.typeName);
    for (const [name, value] of Object.entries(facts.thing.attributes ?? {})) {
      set(`iot:Connection.Thing.Attributes[${name}]`, value);
    }
  }
  if (facts.certificate !== undefined) addCertificate(values, facts.certificate);
  for (const [key, value] of Object.entries(facts.extra ?? {})) {
    values.set(normalizeKey(key), typeof value === 'string' ? [value] : value);
  }
  return { get: (key) => values.get(normalizeKey(key)) };
}

/** A variable stands for exactly one text; a key with several values (`.List`) cannot be put into a resource. */
export function variableLookup(context: PolicyContext): VariableLookup {
  return (name) => {
    const values = context.get(name.trim());
    return values?.length === 1 ? values[0] : undefined;
  };
}

function addCertificate(values: Map<string, readonly string[]>, certificate: CertificateVariables): void {
  const available: string[] = [];
  const addFields = (prefix: string, fields: Values<string> | undefined) => {
    for (const [field, all] of Object.entries(fields ?? {})) {
      const usable = (all ?? []).slice(0, CERTIFICATE_VALUES_MAX).map(certificateValue);
      if (usable.length > 0) available.push(`${prefix}.${field}`);
      // `.0` is not documented; the plain name is the first value and `.1` the second (guide's own example).
      usable.forEach((value, index) => {
        const key = index === 0 ? `${prefix}.${field}` : `${prefix}.${field}.${index}`;
        if (value !== undefined) values.set(key, [value]);
      });
      const list = usable.filter((value) => value !== undefined);
      if (list.length > 0) values.set(`${prefix}.${field}.List`, list);
    }
  };
  addFields('iot:Certificate.Subject', certificate.subject);
  addFields('iot:Certificate.Issuer', certificate.issuer);
  addFields('iot:Certificate.Subject.AlternativeName', certificate.subjectAlternativeName);
  addFields('iot:Certificate.Issuer.AlternativeName', certificate.issuerAlternativeName);
  if (certificate.serialNumberDecimal !== undefined) {
    values.set('iot:Certificate.SerialNumber', [certificate.serialNumberDecimal]);
    available.push('iot:Certificate.SerialNumber');
  }
  values.set('iot:Certificate.AvailableKeys', available);
}

/**
 * A certificate value as AWS substitutes it: special characters behind a backslash; undefined where AWS leaves the
 * variable's text in place, which then matches nothing (guide, "X.509 Certificate policy variable limitations").
 */
function certificateValue(value: string): string | undefined {
  if (value.length > CERTIFICATE_VALUE_CHARACTERS_MAX || /[*$+?#]/.test(value)) return undefined;
  return value.replace(/[,"\\=<>;]/g, '\\$&');
}

/** Global condition keys are compared without regard to case (IAM User Guide); IoT's own are taken as documented. */
function normalizeKey(key: string): string {
  return /^aws:/i.test(key) ? key.toLowerCase() : key;
}
