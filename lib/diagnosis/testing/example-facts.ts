/**
 * Facts of devices in the states that tests begin with; one fact is then changed.
 * @module
 */
import {
  type CaFacts,
  type CertificateFacts,
  type ConnectivityFacts,
  type DeviceFacts,
  type DryRunFacts,
  type GivenFacts,
  type LeafFacts,
  type LedgerFacts,
  NO_FACTS,
  type RoleFacts,
} from '@/lib/diagnosis/facts';
import type { Certainty, FindingCode } from '@/lib/diagnosis/finding';
import { ABSENT, type Known, known, type Source } from '@/lib/diagnosis/known';
import { NO_GIVEN } from '@/lib/diagnosis/look-up';
import type { ProvisioningPlan } from '@/lib/provisioning/plan';
import { type FailureCode, provisioningFailure } from '@/lib/provisioning/provisioning-failure';

/** A device in a state, one thing changed, and what is to be said of it. */
export type Recognised = {
  /** Among the thirty that people report. */
  mistake?: number;
  device: DeviceFacts;
  facts: Partial<DeviceFacts>;
  code: FindingCode;
  certainty: Certainty;
  reason: string;
};

export const NOW = new Date('2026-06-01T12:00:00Z');
export const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
export const inDays = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);

export const see = <const Value>(value: Value, source: Source = 'given'): Known<Value> =>
  known(value, source, NOW);

export const CA_ID = 'ca'.repeat(32);
const ROLE_ARN = 'arn:aws:iam::123456789012:role/Provisioning';

export const aCa = (changes: Partial<CaFacts> = {}): Known<CaFacts> =>
  see(
    {
      caId: CA_ID,
      status: 'ACTIVE',
      mode: 'DEFAULT',
      autoRegistration: true,
      notBefore: inDays(-100),
      notAfter: inDays(1000),
      config: { kind: 'inline', templateBody: '{}', roleArn: ROLE_ARN },
      ...changes,
    },
    'DescribeCACertificate',
  );

export const aCertificate = (changes: Partial<CertificateFacts> = {}): Known<CertificateFacts> =>
  see(
    {
      status: 'PENDING_ACTIVATION',
      caId: CA_ID,
      registeredAt: minutesAgo(10),
      lastModifiedAt: minutesAgo(9),
      ...changes,
    },
    'DescribeCertificate',
  );

export const aLedger = (changes: Partial<LedgerFacts> = {}): Known<LedgerFacts> =>
  see(
    {
      issuedAt: minutesAgo(60),
      deliveredAt: minutesAgo(59),
      caId: CA_ID,
      batch: undefined,
      batchPendingCount: 0,
      lastSeenState: undefined,
      lastSeenAt: undefined,
      ...changes,
    },
    'ledger',
  );

export const aGiven = (changes: Partial<GivenFacts> = {}): Known<GivenFacts> =>
  see({ ...NO_GIVEN, certificateCount: 1, ...changes });

const PLAN: ProvisioningPlan = {
  thing: undefined,
  certificate: { certificateId: 'ab'.repeat(32), status: 'ACTIVE' },
  policies: [],
  steps: [],
};

export const aGoodDryRun = (): Known<DryRunFacts> =>
  see(
    {
      kind: 'evaluated',
      evaluation: { kind: 'plan', plan: PLAN, findings: [] },
      makesThing: true,
      makesPolicy: true,
    },
    'dry-run',
  );

export const aFailingDryRun = (
  code: FailureCode,
  params: Record<string, string> = {},
): Known<DryRunFacts> => {
  const failure = provisioningFailure({ code, authority: 'measured', path: '$.Resources.thing', params });
  return see(
    {
      kind: 'evaluated',
      evaluation: { kind: 'failure', failures: [failure], findings: [] },
      makesThing: true,
      makesPolicy: true,
    },
    'dry-run',
  );
};

export const aRole = (kind: RoleFacts['kind']): Known<RoleFacts> =>
  see({ kind, roleArn: ROLE_ARN }, 'GetRole');

const LEAF: LeafFacts = {
  certificateId: 'ab'.repeat(32),
  commonName: 'sensor-1',
  issuer: 'C=DE, CN=Factory CA',
  notBefore: inDays(-1),
  notAfter: inDays(300),
};

export const aLeaf = (changes: Partial<LeafFacts> = {}): Known<LeafFacts> => see({ ...LEAF, ...changes });

export const offline = (disconnectReason: string): Known<ConnectivityFacts> =>
  see({ isConnected: false, changedAt: minutesAgo(5), disconnectReason }, 'GetThingConnectivityData');

const BASE: DeviceFacts = {
  ...NO_FACTS,
  leaf: aLeaf(),
  environment: see({ region: 'eu-central-1', accountId: '123456789012' }, 'settings'),
  ledger: aLedger(),
  ca: aCa(),
  signature: see(true),
};

/** Issued, the CA ready, never seen. */
export const AWAY: DeviceFacts = { ...BASE, certificate: see(ABSENT, 'DescribeCertificate') };

/** Pending for ten minutes under a CA with a template; nothing is known to be wrong. */
export const PENDING: DeviceFacts = {
  ...BASE,
  certificate: aCertificate(),
  things: see([], 'ListPrincipalThings'),
  policies: see([], 'GetEffectivePolicies'),
};

/** Pending for ten minutes under a CA without a template. */
export const PENDING_JITR: DeviceFacts = { ...PENDING, ca: aCa({ config: undefined }) };

/** Active, with thing and policy, allowed to connect, and never seen on line. */
export const ACTIVE: DeviceFacts = {
  ...BASE,
  certificate: aCertificate({ status: 'ACTIVE' }),
  things: see([{ name: 'sensor-1', isExclusive: false }], 'ListPrincipalThings'),
  policies: see([{ name: 'Fleet' }], 'GetEffectivePolicies'),
  connect: see(
    {
      action: 'CONNECT',
      resource: 'sensor-1',
      decision: 'ALLOWED',
      denyingPolicies: [],
      missingContextValues: [],
    },
    'TestAuthorization',
  ),
};
