/**
 * A diagnosis as a ticket may have it: without the account, without what identifies its endpoint, without anybody's address.
 * The certificate's own id stays: it is the fingerprint of what the device shows to everybody, and the ticket is about it.
 * @module
 */
import type { DeviceDiagnosis } from './device-diagnosis';
import { NOT_ASKED } from './known';

export type CaseCard = {
  device: DeviceDiagnosis;
  place: CasePlace;
};

/** `accountId` is redacted. */
export type CasePlace = { id: string; name: string; accountId: string; region: string };

/** The last digits tell two accounts apart for those who know them. */
export const redactAccount = (accountId: string): string => `••••••••${accountId.slice(-4)}`;

/** Twelve digits between the colons of an ARN: an account, whosever. */
const ARN_ACCOUNT = /(\barn:[\w-]*:[\w-]*:[\w-]*:)(\d{12})(?=:)/g;
/** The part of an endpoint that is the account's own (AWS IoT Developer Guide, "AWS IoT device data endpoints"). */
const ENDPOINT = /\b[a-z0-9]+(-ats)?\.iot\./gi;
const EMAIL = /[^\s<>"'(),;:]+@[^\s<>"'(),;:]+\.[a-z]{2,}/gi;

export function toCaseCard(device: DeviceDiagnosis, place: CasePlace): CaseCard {
  const redact = (text: string): string =>
    text
      .replaceAll(place.accountId, redactAccount(place.accountId))
      .replace(ARN_ACCOUNT, (_, head: string, accountId: string) => head + redactAccount(accountId))
      .replace(ENDPOINT, (_, ats: string | undefined) => `•••${ats ?? ''}.iot.`)
      .replace(EMAIL, '•••');
  const { diagnosis, record: _, ...rest } = device;
  return {
    device: {
      ...rest,
      commonName: device.commonName === undefined ? undefined : redact(device.commonName),
      things: device.things.map(redact),
      policies: device.policies.map(redact),
      // What CloudTrail keeps names operators and addresses.
      record: NOT_ASKED,
      diagnosis: {
        ...diagnosis,
        findings: diagnosis.findings.map((finding) => ({
          ...finding,
          params: Object.fromEntries(
            Object.entries(finding.params).map(([name, value]) => [
              name,
              typeof value === 'string' ? redact(value) : value,
            ]),
          ),
        })),
      },
    },
    place: { ...place, accountId: redactAccount(place.accountId) },
  };
}
