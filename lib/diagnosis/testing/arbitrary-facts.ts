/**
 * Any facts at all, for laws that must hold whatever AWS answers.
 * @module
 */
import fc from 'fast-check';
import type {
  AuthorizationFacts,
  CaFacts,
  DeviceFacts,
  DryRunFacts,
  RegistrationRule,
} from '@/lib/diagnosis/facts';
import { ABSENT, type Known, SOURCES } from '@/lib/diagnosis/known';
import { type FailureCode, provisioningFailure } from '@/lib/provisioning/provisioning-failure';
import type { CertificateStatus } from '@/lib/registry/device-certificate';
import { aGoodDryRun } from './example-facts';

const name = fc.constantFrom('', 'sensor-1', 'a b', 'x\\=US', 'Fleet');
const date = fc.date({ min: new Date('2026-05-31'), max: new Date('2026-06-02'), noInvalidDate: true });
const maybeDate = fc.option(date, { nil: undefined });
const evidence = fc.record({ source: fc.constantFrom(...SOURCES), at: date });

/** A fact with every way of not being known. */
function knowable<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Known<Value>> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('known' as const), value, evidence }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'not-asked' as const }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('not-permitted' as const), evidence }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('not-known' as const),
        why: fc.constantFrom('throttled' as const, 'unreachable' as const, 'failed' as const),
        evidence,
      }),
    },
  );
}

const orAbsent = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constant(ABSENT) });

const FAILURES: readonly FailureCode[] = [
  'unresolved-reference',
  'declared-parameter-absent',
  'policy-not-found',
  'thing-name-invalid',
  'policy-name-and-document-missing',
  'thing-exists',
];
const failure = fc
  .record({
    code: fc.constantFrom(...FAILURES),
    authority: fc.constantFrom('measured' as const, 'inferred' as const),
  })
  .map(({ code, authority }) => provisioningFailure({ code, authority, path: '$', params: {} }));

const good = aGoodDryRun();
const dryRun: fc.Arbitrary<DryRunFacts> = fc.oneof(
  good.kind === 'known'
    ? fc.constant(good.value)
    : fc.constant({ kind: 'unreadable', reason: 'not-json' } as const),
  fc.record({
    kind: fc.constant('unreadable' as const),
    reason: fc.constantFrom('not-json' as const, 'double-encoded' as const, 'malformed' as const),
  }),
  fc.record({
    kind: fc.constant('evaluated' as const),
    evaluation: fc
      .tuple(failure, fc.array(failure, { maxLength: 2 }))
      .map(([first, rest]) => ({ kind: 'failure' as const, failures: [first, ...rest], findings: [] })),
    makesThing: fc.boolean(),
    makesPolicy: fc.boolean(),
  }),
) as fc.Arbitrary<DryRunFacts>;

const ca: fc.Arbitrary<CaFacts> = fc.record({
  caId: fc.constant('ca'),
  status: fc.constantFrom('ACTIVE' as const, 'INACTIVE' as const),
  mode: fc.constantFrom('DEFAULT' as const, 'SNI_ONLY' as const),
  autoRegistration: fc.boolean(),
  notBefore: maybeDate,
  notAfter: maybeDate,
  config: fc.constantFrom(
    undefined,
    { kind: 'inline' as const, templateBody: '{}', roleArn: 'role' },
    { kind: 'named' as const, templateName: 'Fleet' },
  ),
});

const authorization: fc.Arbitrary<AuthorizationFacts> = fc.record({
  action: fc.constantFrom('CONNECT' as const, 'PUBLISH' as const),
  resource: name,
  decision: fc.constantFrom('ALLOWED' as const, 'IMPLICIT_DENY' as const, 'EXPLICIT_DENY' as const),
  denyingPolicies: fc.array(name, { maxLength: 2 }),
  missingContextValues: fc.subarray(['iot:Connection.Thing.ThingName', 'iot:ClientId']),
});

const registrationRule: fc.Arbitrary<RegistrationRule> = fc.record({
  name,
  isEnabled: fc.boolean(),
  functionName: fc.option(name, { nil: undefined }),
  mayCall: fc.option(fc.boolean(), { nil: undefined }),
});

const status = fc.constantFrom<CertificateStatus>(
  'ACTIVE',
  'INACTIVE',
  'PENDING_ACTIVATION',
  'PENDING_TRANSFER',
  'REGISTER_INACTIVE',
  'REVOKED',
);

export const anyFacts: fc.Arbitrary<DeviceFacts> = fc.record({
  given: knowable(
    fc.record({
      certificateCount: fc.nat(3),
      isCaFirst: fc.boolean(),
      issuer: fc.option(fc.record({ saysCaTrue: fc.boolean(), caId: fc.constant('ca') }), { nil: undefined }),
      verification: fc.option(fc.record({ isSignedByCa: fc.option(fc.boolean(), { nil: undefined }) }), {
        nil: undefined,
      }),
      region: fc.constantFrom(undefined, 'us-east-1', 'eu-central-1'),
      accountId: fc.constantFrom(undefined, '123456789012', '210987654321'),
      host: fc.constantFrom(undefined, 'localhost', 'a1.iot.us-east-1.amazonaws.com'),
      clientId: fc.option(name, { nil: undefined }),
      symptom: fc.constantFrom(undefined, 'hang-up' as const, 'server-not-verified' as const),
    }),
  ),
  leaf: knowable(
    fc.record({
      certificateId: fc.constant('ab'),
      commonName: fc.option(name, { nil: undefined }),
      issuer: name,
      notBefore: date,
      notAfter: date,
    }),
  ),
  ledger: knowable(
    orAbsent(
      fc.record({
        issuedAt: date,
        deliveredAt: maybeDate,
        caId: fc.constant('ca'),
        batch: fc.option(name, { nil: undefined }),
        batchPendingCount: fc.nat(20),
        lastSeenState: fc.option(status, { nil: undefined }),
        lastSeenAt: maybeDate,
      }),
    ),
  ),
  certificate: knowable(
    orAbsent(
      fc.record({
        status,
        caId: fc.constantFrom(undefined, 'ca'),
        registeredAt: maybeDate,
        lastModifiedAt: maybeDate,
      }),
    ),
  ),
  issuers: knowable(fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 })),
  ca: knowable(orAbsent(ca)),
  signature: knowable(fc.boolean()),
  namedTemplate: knowable(
    orAbsent(
      fc.record({
        name,
        isEnabled: fc.boolean(),
        type: fc.constantFrom('JITP' as const, 'FLEET_PROVISIONING' as const),
      }),
    ),
  ),
  dryRun: knowable(dryRun),
  role: knowable(
    fc.record({
      kind: fc.constantFrom(
        'missing' as const,
        'other-account' as const,
        'not-trusting' as const,
        'trusting' as const,
      ),
      roleArn: name,
    }),
  ),
  permissions: knowable(fc.array(name, { maxLength: 2 })),
  registerThing: knowable(
    fc.array(
      fc.record({
        at: date,
        errorCode: fc.constantFrom(
          undefined,
          'AccessDenied',
          'ThrottlingException',
          'InvalidRequestException',
        ),
        errorMessage: fc.option(name, { nil: undefined }),
      }),
      { maxLength: 2 },
    ),
  ),
  rules: knowable(fc.array(registrationRule, { maxLength: 2 })),
  things: knowable(fc.array(fc.record({ name, isExclusive: fc.boolean() }), { maxLength: 2 })),
  policies: knowable(
    fc.array(fc.record({ name }), {
      maxLength: 11,
    }),
  ),
  connect: knowable(authorization),
  topics: knowable(fc.array(authorization, { maxLength: 2 })),
  siblings: knowable(
    fc.array(fc.record({ certificateId: fc.constant('cd'), status: fc.option(status, { nil: undefined }) }), {
      maxLength: 2,
    }),
  ),
  connectivity: knowable(
    orAbsent(
      fc.record({
        isConnected: fc.boolean(),
        changedAt: maybeDate,
        disconnectReason: fc.constantFrom(undefined, 'AUTH_ERROR', 'DUPLICATE_CLIENTID', 'CONNECTION_LOST'),
      }),
    ),
  ),
  environment: knowable(
    fc.record({ region: fc.constant('us-east-1'), accountId: fc.constant('123456789012') }),
  ),
  isRegistrationCode: knowable(fc.boolean()),
  endpoint: knowable(fc.record({ host: fc.constant('a1-ats.iot.us-east-1.amazonaws.com') })),
});
