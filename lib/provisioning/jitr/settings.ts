/**
 * What just-in-time registration does with a newly registered certificate, as one document: what is verified, and what is made
 * of a device that passes.
 * AWS IoT Developer Guide, "Register a client certificate when the client connects to AWS IoT (JITR)".
 * @module
 */

/** Ids in one package: as text it stays far below a request of a megabyte, and a function reads it in milliseconds. */
export const ALLOWED_IDS_MAX = 5000;
/** Serial numbers of a revocation list in one package; the same reason. */
export const REVOKED_SERIALS_MAX = 5000;
/** More patterns than this is an allow list. */
export const NAME_PATTERNS_MAX = 20;
/** X.520, ub-common-name, and a wildcard at each end. */
export const NAME_PATTERN_CHARACTERS_MAX = 66;
/** A hundred years: what is beyond is no limit. */
export const VALIDITY_DAYS_MAX = 36_500;
/** Attributes of a thing without a type; with one it may have more (AWS IoT quotas). */
export const THING_ATTRIBUTES_MAX = 50;

export type AllowList =
  | { kind: 'none' }
  /** The certificates that this console has issued, as the ledger has them when the package is made. */
  | { kind: 'ledger' }
  | { kind: 'inline'; certificateIds: readonly string[] };

/** A CRL, as far as the function needs it. RFC 5280 §5. */
export type RevokedSerials = {
  /** Lower-case hex without leading zeros. */
  serials: readonly string[];
  /** ISO 8601. From then on the list says nothing any more (RFC 5280 §5.1.2.5). */
  nextUpdate: string | undefined;
};

export const REJECTIONS = ['leave-pending', 'deactivate', 'revoke'] as const;
export type Rejection = (typeof REJECTIONS)[number];

export type JitrPolicy =
  | { kind: 'none' }
  | { kind: 'existing'; name: string }
  /** Made at the first device that needs it, and shared by all. */
  | { kind: 'create'; name: string; document: string };

export type JitrThing = {
  /** With `${CommonName}` and the like, see {@link CERTIFICATE_VALUES}. */
  name: string;
  typeName: string | undefined;
  groups: readonly string[];
  /** Values with `${…}` as well. */
  attributes: Readonly<Record<string, string>>;
  /** What to do where another certificate has the thing already: a renewal, or a clone. */
  taken: 'use' | 'refuse';
};

export type JitrSettings = {
  /** Of rule, function and (with a suffix) role; see {@link isSetUpName}. */
  name: string;
  scope: 'one-ca' | 'all-cas';
  allowList: AllowList;
  /** Wildcards `*` and `?`; one must match the common name. Empty: any name. */
  commonNames: readonly string[];
  checksValidity: boolean;
  /** Whole days from begin to end of validity; undefined: any. */
  validityDaysMax: number | undefined;
  revoked: RevokedSerials | undefined;
  /** What becomes of a certificate that does not pass. */
  rejection: Rejection;
  policy: JitrPolicy;
  /** Undefined: no thing is made. */
  thing: JitrThing | undefined;
};

/** What a name or an attribute may be made of: JITP's parameters, without their prefix. */
export const CERTIFICATE_VALUES = [
  'CommonName',
  'SerialNumber',
  'Id',
  'Country',
  'Organization',
  'OrganizationalUnit',
  'StateName',
  'DistinguishedNameQualifier',
] as const;
export type CertificateValue = (typeof CERTIFICATE_VALUES)[number];

/** A topic rule's name has the narrowest form of all (service model, `RuleName`), and the role's gets a suffix within 64. */
export const isSetUpName = (text: string): boolean => /^[a-zA-Z][a-zA-Z0-9_]{0,47}$/.test(text);

/** Unlike the names of other CAs' set-ups, and recognisable in AWS's own console. */
export const defaultSetUpName = (caId: string): string => `jitr_${caId.slice(0, 12)}`;

/** Least surprise: what JITP's article makes, with a policy that pins a device to its own name. */
export function defaultJitrSettings(caId: string, policy: JitrPolicy): JitrSettings {
  return {
    name: defaultSetUpName(caId),
    scope: 'one-ca',
    allowList: { kind: 'none' },
    commonNames: [],
    checksValidity: true,
    validityDaysMax: undefined,
    revoked: undefined,
    rejection: 'leave-pending',
    policy,
    thing: {
      name: `\${CommonName}`,
      typeName: undefined,
      groups: [],
      attributes: {},
      taken: 'refuse',
    },
  };
}
