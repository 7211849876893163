/**
 * Certificates that AWS registered and nobody activated: the queue of devices that wait for somebody.
 * @module
 */
import type { FindingCode, FindingParams, RemedyCode, Who } from '@/lib/diagnosis/finding';
import type { CertificateStatus, CertificateSummary } from './device-certificate';

/** AWS provisions within seconds (AWS IoT Atlas: 1–3 s), and a device tries again for a few minutes. Our choice. */
export const STUCK_MINUTES_DEFAULT = 5;
/** A month; who wants older ones sees them among these as well. */
export const STUCK_MINUTES_MAX = 43_200;

/** One page of the queue reads at most this many pages of 250 certificates, newest first: four calls. */
export const SCAN_PAGES_MAX = 4;
/** Devices that one look reads: a call each, and a handful for what they share. */
export const LOOK_MAX = 25;

export type StuckCertificate = { certificateId: string; status: CertificateStatus; since: Date };

/** Those of a page that have waited for longer than `minutes`; a certificate without a time counts as new. */
export function stuckAmong(
  certificates: readonly CertificateSummary[],
  { minutes, withInactive }: { minutes: number; withInactive: boolean },
  now: Date,
): StuckCertificate[] {
  const before = now.getTime() - minutes * 60_000;
  return certificates.flatMap(({ certificateId, status, createdAt }) => {
    const isMeant =
      status === 'PENDING_ACTIVATION' ||
      (withInactive && (status === 'INACTIVE' || status === 'REGISTER_INACTIVE'));
    const isOld = createdAt !== undefined && createdAt.getTime() <= before;
    return isMeant && isOld ? [{ certificateId, status, since: createdAt }] : [];
  });
}

/** The first cause of one stuck device, out of what is cheap to know. */
export type StuckCause = {
  code: FindingCode;
  params: FindingParams;
  certainty: 'certain' | 'likely' | 'possible';
  who: Who;
  remedy: readonly RemedyCode[];
};

/**
 * `moved-on`: it is active or gone by now; `unread`: AWS did not answer, or not to us; `looked`: `cause` is the first one,
 * undefined where nothing that is cheap to know stands in the way.
 */
export type StuckLook = {
  certificateId: string;
  commonName: string | undefined;
  caId: string | undefined;
} & ({ kind: 'moved-on' | 'unread' } | { kind: 'looked'; cause: StuckCause | undefined });
