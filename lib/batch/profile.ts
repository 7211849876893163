/**
 * How devices of one kind are issued: agreed once by a security admin, applied by whoever issues.
 * @module
 */
import type { DeviceFormat } from '@/lib/pki/formats/device-format';
import { KEYLESS_FORMATS, PASSPHRASE_FORMATS } from '@/lib/pki/formats/device-format';
import type { Pkcs12Mac } from '@/lib/pki/formats/pkcs12';
import type { KeyAlgorithm } from '@/lib/pki/key-algorithm';
import type { BatchSettings } from './batch-settings';

/** What devices of one kind have in common; what tells them apart is in no profile. */
export const PROFILE_FIELDS = [
  'country',
  'stateName',
  'locality',
  'organization',
  'organizationalUnit',
] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];

/** Never a passphrase: the rule says where it comes from. */
export type ProfileContent = {
  /** Of common names, as `readPattern` takes it; empty where each batch brings its own list. */
  pattern: string;
  subject: Partial<Record<ProfileField, string>>;
  algorithm: KeyAlgorithm;
  /** Whole days; a certificate may be valid for fewer. */
  validityDaysMax: number;
  formats: readonly DeviceFormat[];
  pkcs12Mac: Pkcs12Mac;
  layout: BatchSettings['layout'];
  passphraseRule: 'own' | 'common';
};

/** `name` in the reader's language. */
export type Profile = { id: string; version: number; name: string; content: ProfileContent };

export type ProfileBreach = 'validity' | 'algorithm' | 'formats' | 'passphrase';

/** Whether a batch keeps to a profile; the first thing in which it does not. */
export function breachOf(content: ProfileContent, settings: BatchSettings): ProfileBreach | undefined {
  const { keyOrigin } = settings;
  if (settings.validityDays > content.validityDaysMax) return 'validity';
  // Devices that keep their keys have chosen their algorithm, and no file with a key is made.
  if (keyOrigin === 'console' && settings.algorithm !== content.algorithm) return 'algorithm';
  const formats = formatsFor(content, keyOrigin);
  if (formats.length !== settings.formats.length || formats.some((each) => !settings.formats.includes(each)))
    return 'formats';
  const isLocked = formats.some((format) => PASSPHRASE_FORMATS.includes(format));
  return isLocked && settings.passphraseRule !== content.passphraseRule ? 'passphrase' : undefined;
}

/** The files of a profile for devices whose keys are made here, or not. */
export function formatsFor(
  { formats }: Pick<ProfileContent, 'formats'>,
  keyOrigin: BatchSettings['keyOrigin'],
): readonly DeviceFormat[] {
  if (keyOrigin === 'console') return formats;
  const keyless = formats.filter((format) => KEYLESS_FORMATS.includes(format));
  return keyless.length > 0 ? keyless : ['pem'];
}

const DAY_MS = 86_400_000;
/** A certificate begins some minutes before it was made (`validityFor`). */
const TOLERANCE_MS = 3_600_000;

/** Whether a certificate is valid for longer than a profile allows; dates of the certificate. */
export function isBeyondCap(
  { validityDaysMax }: Pick<ProfileContent, 'validityDaysMax'>,
  { notBefore, notAfter }: { notBefore: Date; notAfter: Date },
): boolean {
  return notAfter.getTime() - notBefore.getTime() > validityDaysMax * DAY_MS + TOLERANCE_MS;
}
