/**
 * What becomes of one newly registered certificate. The function that is deployed decides the same (`handler-text.ts`); tests hold
 * the two together.
 * @module
 */
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import { isValidName } from '@/lib/provisioning/registry-names';
import type { CertificateStatus } from '@/lib/registry/device-certificate';
import { fillIn } from './fill-in';
import type { JitrPolicy, JitrSettings, Rejection } from './settings';

const DAY_MS = 86_400_000;

export type JitrCertificate = CertificateFacts & {
  status: CertificateStatus;
  /** Lower-case hex without leading zeros. */
  serialHex: string;
  /** Milliseconds since 1970. */
  notBeforeMs: number;
  notAfterMs: number;
};

export const JITR_REASONS = [
  'not-on-allow-list',
  'common-name-missing',
  'common-name-differs',
  'not-yet-valid',
  'expired',
  'validity-too-long',
  'revoked',
  'revocation-list-outdated',
  'value-missing',
  'thing-name-invalid',
  'attribute-invalid',
] as const;
/** Why a certificate does not pass; `value` is what it is about: a name, a placeholder, an attribute. */
export type JitrReason = { code: (typeof JITR_REASONS)[number]; value?: string };

export type ThingToMake = {
  name: string;
  typeName: string | undefined;
  groups: readonly string[];
  attributes: Readonly<Record<string, string>>;
  taken: 'use' | 'refuse';
};

export type JitrDecision =
  /** It is through already, or somebody has decided about it: nothing is done, however often the event comes. */
  | { kind: 'ignore'; reason: 'already-active' | 'not-pending' }
  | { kind: 'reject'; reasons: readonly JitrReason[]; act: Rejection }
  | { kind: 'admit'; thing: ThingToMake | undefined; policy: JitrPolicy };

export type JitrCircumstances = {
  nowMs: number;
  /** Whether the allow list has the certificate; asked only where there is a list. */
  isAllowed(certificateId: string): boolean;
};

/** Decides about one certificate. Total: it throws for nothing that a certificate can hold. */
export function decideRegistration(
  settings: JitrSettings,
  certificate: JitrCertificate,
  { nowMs, isAllowed }: JitrCircumstances,
): JitrDecision {
  if (certificate.status === 'ACTIVE') return { kind: 'ignore', reason: 'already-active' };
  if (certificate.status !== 'PENDING_ACTIVATION') return { kind: 'ignore', reason: 'not-pending' };

  const reasons: JitrReason[] = [];
  if (settings.allowList.kind !== 'none' && !isAllowed(certificate.certificateId)) {
    reasons.push({ code: 'not-on-allow-list' });
  }
  reasons.push(
    ...nameReasons(settings, certificate),
    ...validityReasons(settings, certificate, nowMs),
    ...revocationReasons(settings, certificate, nowMs),
  );
  const thing = thingOf(settings, certificate, reasons);
  if (reasons.length === 0) return { kind: 'admit', thing, policy: settings.policy };
  // A list that is out of date is no fault of the device's: nothing final is done to it for that.
  const isOurs = reasons.some(({ code }) => code === 'revocation-list-outdated');
  return { kind: 'reject', reasons, act: isOurs ? 'leave-pending' : settings.rejection };
}

function nameReasons({ commonNames }: JitrSettings, { subject }: JitrCertificate): JitrReason[] {
  if (commonNames.length === 0) return [];
  const name = subject.commonName;
  if (!name) return [{ code: 'common-name-missing' }];
  if (commonNames.some((pattern) => matchesName(pattern, name))) return [];
  return [{ code: 'common-name-differs', value: name }];
}

function validityReasons(
  { checksValidity, validityDaysMax }: JitrSettings,
  { notBeforeMs, notAfterMs }: JitrCertificate,
  nowMs: number,
): JitrReason[] {
  const reasons: JitrReason[] = [];
  if (checksValidity && nowMs < notBeforeMs) reasons.push({ code: 'not-yet-valid' });
  if (checksValidity && nowMs > notAfterMs) reasons.push({ code: 'expired' });
  if (validityDaysMax !== undefined && notAfterMs - notBeforeMs > validityDaysMax * DAY_MS) {
    reasons.push({ code: 'validity-too-long' });
  }
  return reasons;
}

function revocationReasons(
  { revoked }: JitrSettings,
  { serialHex }: JitrCertificate,
  nowMs: number,
): JitrReason[] {
  if (revoked === undefined) return [];
  // What the list has is revoked, however old the list is.
  if (revoked.serials.includes(serialHex)) return [{ code: 'revoked' }];
  const isOutdated = revoked.nextUpdate !== undefined && nowMs > Date.parse(revoked.nextUpdate);
  return isOutdated ? [{ code: 'revocation-list-outdated' }] : [];
}

function thingOf(
  { thing }: JitrSettings,
  certificate: JitrCertificate,
  reasons: JitrReason[],
): ThingToMake | undefined {
  if (thing === undefined) return undefined;
  const fill = (template: string): string | undefined => {
    const { text, missing } = fillIn(template, certificate);
    for (const value of missing) reasons.push({ code: 'value-missing', value });
    return missing.length === 0 ? text : undefined;
  };
  const name = fill(thing.name);
  if (name !== undefined && !isValidName('thing', name)) {
    reasons.push({ code: 'thing-name-invalid', value: name });
  }
  const attributes: [string, string][] = [];
  for (const [attribute, template] of Object.entries(thing.attributes)) {
    const value = fill(template);
    if (value === undefined) continue;
    if (isValidName('attributeValue', value)) attributes.push([attribute, value]);
    else reasons.push({ code: 'attribute-invalid', value: attribute });
  }
  const { typeName, groups, taken } = thing;
  return { name: name ?? '', typeName, groups, attributes: Object.fromEntries(attributes), taken };
}

/**
 * Whether a whole name matches a pattern in which `*` stands for any characters and `?` for one. In time that grows with the
 * product of both lengths, whatever a device calls itself.
 */
export function matchesName(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let index = 0;
  while (index < name.length) {
    if (pattern[at] === '*') {
      star = at;
      at += 1;
      resume = index;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[index])) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
