/**
 * A fact, or why there is none. What nobody asked, what AWS did not let us ask and what it could not answer are three
 * different things to say to a person, and none of them is "no".
 * @module
 */

/** Who can say something about a device: the person, our settings, our ledger, our own engines, or a call to AWS by its name. */
export const SOURCES = [
  'given',
  'settings',
  'ledger',
  'dry-run',
  'DescribeCertificate',
  'ListCACertificates',
  'DescribeCACertificate',
  'DescribeProvisioningTemplate',
  'GetRole',
  'SimulatePrincipalPolicy',
  'LookupEvents',
  'ListTopicRules',
  'GetTopicRule',
  'GetPolicy',
  'ListPrincipalThings',
  'GetEffectivePolicies',
  'TestAuthorization',
  'ListThingPrincipals',
  'GetThingConnectivityData',
  'DescribeEndpoint',
  'GetRegistrationCode',
] as const;
export type Source = (typeof SOURCES)[number];

/** Where a fact comes from and when it was so. */
export type Evidence = { source: Source; at: Date };

/** `throttled`: too many calls; `unreachable`: no answer; `failed`: an error of AWS's; `incomplete`: cut off at our bound. */
export type WhyNotKnown = 'throttled' | 'unreachable' | 'failed' | 'incomplete';

export type Known<Value> =
  | { kind: 'known'; value: Value; evidence: Evidence }
  | { kind: 'not-asked' }
  | { kind: 'not-permitted'; evidence: Evidence }
  | { kind: 'not-known'; why: WhyNotKnown; evidence: Evidence };

export const NOT_ASKED = { kind: 'not-asked' } as const;

export const known = <Value>(value: Value, source: Source, at: Date): Known<Value> => ({
  kind: 'known',
  value,
  evidence: { source, at },
});

export const notPermitted = (source: Source, at: Date): Known<never> => ({
  kind: 'not-permitted',
  evidence: { source, at },
});

export const notKnown = (why: WhyNotKnown, source: Source, at: Date): Known<never> => ({
  kind: 'not-known',
  why,
  evidence: { source, at },
});

/** The value of a known fact; undefined for whatever is not known, whyever. */
export const knownValue = <Value>(fact: Known<Value>): Value | undefined =>
  fact.kind === 'known' ? fact.value : undefined;

/** That something does not exist, as its own answer: it never collapses into "not known". */
export const ABSENT = 'absent';
export type Absent = typeof ABSENT;

/** The value of a known fact that exists. */
export function presentOf<Value extends object>(fact: Known<Value | Absent>): Value | undefined {
  const value = knownValue(fact);
  return value === undefined || value === ABSENT ? undefined : value;
}

/** Whether it is known not to exist. */
export const isAbsent = (fact: Known<unknown>): boolean => knownValue(fact) === ABSENT;

/** The same fact in other words; what is not known stays as unknown as it was. */
export const mapKnown = <From, To>(fact: Known<From>, to: (value: From) => To): Known<To> =>
  fact.kind === 'known' ? { ...fact, value: to(fact.value) } : fact;
