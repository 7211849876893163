/**
 * A replacement as its page shows it: plain data. Times are ISO 8601.
 * @module
 */
import type { Failure } from '@/lib/failure';
import type { CliTarget } from '@/lib/registry/aws-command';
import type { CertificateStatus } from '@/lib/registry/device-certificate';
import type { Parity, ReplacementStep } from '@/lib/registry/replacement';
import type { Result } from '@/lib/result';

export type OldFacts = {
  certificateId: string;
  status: CertificateStatus;
  /** Undefined: registered without a CA. */
  caId: string | undefined;
  subject: string | undefined;
  notBefore: string | undefined;
  notAfter: string | undefined;
  thingNames: readonly string[];
  policyNames: readonly string[];
  groups: readonly string[];
};

export type SightingFacts =
  | { kind: 'connected' }
  | { kind: 'thing'; at: string; isConnected: boolean }
  | { kind: 'none' }
  | { kind: 'unknown' };

export type NewFacts = {
  certificateId: string;
  caId: string;
  operatorName: string;
  beganAt: string;
  notBefore: string | undefined;
  notAfter: string | undefined;
  /** Undefined: the ledger has no row of it. */
  delivery: 'reserved' | 'delivered' | 'not-confirmed' | undefined;
  /** Undefined while AWS does not know it. */
  status: CertificateStatus | undefined;
  /** What is missing; none when it is in place. */
  steps: readonly ReplacementStep[];
  parity: readonly Parity[];
  isCaActive: boolean;
  sighting: SightingFacts;
  retiredAt: string | undefined;
};

type Pair = { environment: string; oldCertificateId: string; newCertificateId: string };

export type ReplacementActions = {
  putInPlace(input: Pair & { hasBundle: boolean }): Promise<Result<undefined, Failure>>;
  retireOld(input: Pair): Promise<Result<undefined, Failure>>;
  abandon(input: Pair): Promise<Result<undefined, Failure>>;
};

export type ReplacementProps = {
  environment: string;
  name: string;
  old: OldFacts;
  next: NewFacts;
  may: { issue: boolean; place: boolean; placeWithoutCa: boolean; retire: boolean };
  actions: ReplacementActions;
  cliTarget: CliTarget;
};

export const pairOf = ({ environment, old, next }: ReplacementProps): Pair => ({
  environment,
  oldCertificateId: old.certificateId,
  newCertificateId: next.certificateId,
});
