/**
 * What a person should do next on the way from nothing to an active device.
 * @module
 */

export type OverviewFacts = {
  /** As far as they were read; `isPartial` when AWS has more. */
  cas: { count: number; active: number; isPartial: boolean };
  devices: { issued: number; neverSeen: number };
  /** The newest issued device that AWS has not seen, where it was looked for. */
  awaiting: { certificateId: string; commonName: string } | undefined;
};

export type NextStep =
  | { kind: 'register-ca' }
  /** CAs are there, none of them is active. */
  | { kind: 'activate-ca' }
  | { kind: 'issue-device' }
  /** `others`: how many more await their first contact. */
  | { kind: 'follow-device'; certificateId: string; commonName: string; others: number };

/** The first gap on the way; undefined when there is none. */
export function nextStep({ cas, devices, awaiting }: OverviewFacts): NextStep | undefined {
  if (cas.count === 0) return { kind: 'register-ca' };
  if (cas.active === 0 && !cas.isPartial) return { kind: 'activate-ca' };
  if (devices.issued === 0) return { kind: 'issue-device' };
  if (awaiting !== undefined) {
    return { kind: 'follow-device', ...awaiting, others: Math.max(0, devices.neverSeen - 1) };
  }
  return undefined;
}
