/**
 * What switching a CA off does to its devices, counted. AWS IoT Developer Guide, "Deactivate a CA certificate": new registrations stop,
 * certificates that are registered keep working until each is deactivated or revoked itself.
 * @module
 */
import type { CertificateSummary } from './device-certificate';

/** `isPartial`: there are more than were counted. Times are ISO 8601. */
export type CaImpact = {
  /** What AWS has registered under the CA; undefined when that could not be read. */
  aws: { active: number; pending: number; out: number; isPartial: boolean; readAt: string } | undefined;
  /** What the ledger knows to be issued and AWS has not shown yet; undefined when that could not be read. */
  ledger: { neverSeen: number; lastHeardAt: string | undefined; isPartial: boolean } | undefined;
};

/** Counts certificates by what becomes of them. `out` are those that cannot connect whatever the CA does. */
export function countRegistered(certificates: readonly Pick<CertificateSummary, 'status'>[]): {
  active: number;
  pending: number;
  out: number;
} {
  const active = certificates.filter(({ status }) => status === 'ACTIVE').length;
  const pending = certificates.filter(({ status }) => status === 'PENDING_ACTIVATION').length;
  return { active, pending, out: certificates.length - active - pending };
}

/**
 * Whether somebody is hit: a device that is issued and has not been there would be refused, or nobody knows whether there is one.
 * Then the act wants the CA's name typed.
 */
export const hitsDevices = ({ aws, ledger }: CaImpact): boolean =>
  ledger === undefined || ledger.neverSeen > 0 || aws === undefined || aws.pending > 0;
