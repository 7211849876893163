import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose';
import type { AuthorizationFacts, DeviceFacts } from './facts';
import { type Certainty, FINDING_CODES, type FindingCode } from './finding';
import { RULES } from './findings/catalogue';
import { ABSENT, known, notPermitted } from './known';
import {
  ACTIVE,
  AWAY,
  aCa,
  aCertificate,
  aFailingDryRun,
  aGiven,
  aGoodDryRun,
  aLedger,
  aRole,
  inDays,
  minutesAgo,
  NOW,
  PENDING,
  PENDING_JITR,
  see,
} from './testing/example-facts';

const CONNECT: AuthorizationFacts = {
  action: 'CONNECT',
  resource: 'sensor-1',
  decision: 'IMPLICIT_DENY',
  denyingPolicies: [],
  missingContextValues: [],
};
const offline = (disconnectReason: string) =>
  see({ isConnected: false, changedAt: minutesAgo(5), disconnectReason }, 'GetThingConnectivityData');
const rule = { name: 'Activate', isEnabled: true, functionName: 'activate', mayCall: true };
const named = (type: 'JITP' | 'FLEET_PROVISIONING', isEnabled: boolean): Partial<DeviceFacts> => ({
  ca: aCa({ config: { kind: 'named', templateName: 'Fleet' } }),
  namedTemplate: see({ name: 'Fleet', type, isEnabled }, 'DescribeProvisioningTemplate'),
});
const leaf = (changes: object) => {
  if (AWAY.leaf.kind !== 'known') throw new Error('the example has a leaf');
  return see({ ...AWAY.leaf.value, ...changes });
};
const failed = (errorCode: string, errorMessage = 'as AWS says') =>
  see([{ at: minutesAgo(9), errorCode, errorMessage }], 'LookupEvents');
const clean: Partial<DeviceFacts> = { dryRun: aGoodDryRun(), role: aRole({ kind: 'trusting' }) };

type Row = {
  mistake?: number;
  device: DeviceFacts;
  facts: Partial<DeviceFacts>;
  code: FindingCode;
  certainty: Certainty;
  reason: string;
};

const ROWS: Row[] = [
  {
    mistake: 1,
    device: PENDING,
    facts: { certificate: aCertificate({ registeredAt: minutesAgo(0.2) }) },
    code: 'first-connect-dropped',
    certainty: 'likely',
    reason: 'AWS closes the first connection and provisions within seconds',
  },
  {
    mistake: 1,
    device: ACTIVE,
    facts: { connectivity: see(ABSENT, 'GetThingConnectivityData') },
    code: 'first-connect-dropped',
    certainty: 'likely',
    reason: 'activated, and it has not tried again since',
  },
  {
    mistake: 2,
    device: PENDING,
    facts: { dryRun: aFailingDryRun('unresolved-reference', { name: 'AWS::IoT::Certificate::Country' }) },
    code: 'template-value-missing',
    certainty: 'certain',
    reason: 'a Ref has neither value nor Default',
  },
  {
    mistake: 2,
    device: PENDING,
    facts: {
      dryRun: aFailingDryRun('declared-parameter-absent', { name: 'AWS::IoT::Certificate::Country' }),
    },
    code: 'template-value-missing',
    certainty: 'likely',
    reason: 'the guide says so, nobody has measured it',
  },
  {
    mistake: 3,
    device: PENDING,
    facts: { leaf: leaf({ commonName: 'testThingC\\=US' }) },
    code: 'common-name-garbled',
    certainty: 'likely',
    reason: 'Git-Bash mangles -subj',
  },
  {
    mistake: 4,
    device: AWAY,
    facts: {},
    code: 'never-reached',
    certainty: 'likely',
    reason: 'the CA is ready, and AWS has no such certificate',
  },
  {
    mistake: 4,
    device: AWAY,
    facts: {},
    code: 'leaf-only-without-sni',
    certainty: 'possible',
    reason: 'then AWS cannot find the CA; nothing shows it from outside',
  },
  {
    mistake: 5,
    device: AWAY,
    facts: { given: aGiven({ symptom: 'one-certificate-only' }) },
    code: 'sdk-sends-one-certificate',
    certainty: 'likely',
    reason: 'the log says "PEM has greater than expected depth"',
  },
  {
    mistake: 5,
    device: AWAY,
    facts: {},
    code: 'sdk-sends-one-certificate',
    certainty: 'possible',
    reason: 'the same signal as 4',
  },
  {
    mistake: 6,
    device: AWAY,
    facts: { given: aGiven({ certificateCount: 2, isCaFirst: true }) },
    code: 'chain-order',
    certainty: 'certain',
    reason: 'TLS wants the leaf first',
  },
  {
    mistake: 7,
    device: AWAY,
    facts: { given: aGiven({ symptom: 'server-not-verified' }) },
    code: 'server-trust-wrong',
    certainty: 'likely',
    reason: 'the log says that the server was not verified',
  },
  {
    mistake: 8,
    device: AWAY,
    facts: { given: aGiven({ host: 'a1b2c3.iot.eu-central-1.amazonaws.com' }) },
    code: 'endpoint-not-ats',
    certainty: 'likely',
    reason: 'the older endpoint has another root',
  },
  {
    mistake: 9,
    device: AWAY,
    facts: { given: aGiven({ symptom: 'certificate-not-yet-valid' }) },
    code: 'device-clock',
    certainty: 'likely',
    reason: 'valid here, not yet valid there',
  },
  {
    mistake: 9,
    device: AWAY,
    facts: { leaf: leaf({ notBefore: inDays(1) }) },
    code: 'certificate-not-yet-valid',
    certainty: 'certain',
    reason: 'AWS checks dates at registration',
  },
  {
    mistake: 10,
    device: AWAY,
    facts: { ca: see(ABSENT), given: aGiven({ issuer: { saysCaTrue: false } }) },
    code: 'ca-without-ca-true',
    certainty: 'certain',
    reason: 'RegisterCACertificate demands CA:TRUE',
  },
  {
    mistake: 11,
    device: AWAY,
    facts: { given: aGiven({ verification: { isSignedByCa: false, isCodeOfRegion: undefined } }) },
    code: 'verification-certificate-wrong',
    certainty: 'certain',
    reason: 'self-signed instead of signed by the CA',
  },
  {
    mistake: 11,
    device: AWAY,
    facts: { given: aGiven({ verification: { isSignedByCa: true, isCodeOfRegion: false } }) },
    code: 'verification-certificate-wrong',
    certainty: 'certain',
    reason: 'the code of another Region',
  },
  {
    mistake: 12,
    device: PENDING,
    facts: { dryRun: aFailingDryRun('policy-name-and-document-missing') },
    code: 'template-policy-missing',
    certainty: 'certain',
    reason: 'a shell expanded an empty variable',
  },
  {
    mistake: 13,
    device: PENDING,
    facts: { dryRun: see({ kind: 'unreadable', reason: 'double-encoded' }, 'dry-run') },
    code: 'template-double-encoded',
    certainty: 'certain',
    reason: 'one JSON.stringify too many',
  },
  {
    mistake: 13,
    device: PENDING,
    facts: { dryRun: see({ kind: 'unreadable', reason: 'not-json' }, 'dry-run') },
    code: 'template-unreadable',
    certainty: 'certain',
    reason: 'no JSON at all',
  },
  {
    mistake: 14,
    device: ACTIVE,
    facts: { connect: see(CONNECT) },
    code: 'connect-denied',
    certainty: 'certain',
    reason: 'no policy allows client/sensor-1',
  },
  {
    mistake: 14,
    device: ACTIVE,
    facts: { connect: see({ ...CONNECT, decision: 'EXPLICIT_DENY', denyingPolicies: ['Ban'] }) },
    code: 'connect-denied-explicitly',
    certainty: 'certain',
    reason: 'a Deny wins over every Allow',
  },
  {
    mistake: 14,
    device: ACTIVE,
    facts: { policies: see([]) },
    code: 'policy-not-attached',
    certainty: 'certain',
    reason: 'nothing is allowed without a policy',
  },
  {
    mistake: 15,
    device: ACTIVE,
    facts: {
      connect: see({
        ...CONNECT,
        resource: 'other',
        missingContextValues: ['iot:Connection.Thing.ThingName'],
      }),
    },
    code: 'client-id-not-thing-name',
    certainty: 'certain',
    reason: 'the variable resolves only for the thing of that name',
  },
  {
    mistake: 15,
    device: ACTIVE,
    facts: { given: aGiven({ clientId: 'laptop' }) },
    code: 'client-id-not-thing-name',
    certainty: 'likely',
    reason: 'the log shows another client id',
  },
  {
    mistake: 15,
    device: ACTIVE,
    facts: {
      things: see([]),
      connect: see({ ...CONNECT, missingContextValues: ['iot:Connection.Thing.ThingName'] }),
    },
    code: 'thing-not-attached',
    certainty: 'certain',
    reason: 'the policy asks for a thing and there is none',
  },
  {
    mistake: 16,
    device: ACTIVE,
    facts: { topics: see([{ ...CONNECT, action: 'PUBLISH', resource: 'dt/x' }]) },
    code: 'topic-denied',
    certainty: 'certain',
    reason: 'AWS closes the connection on such a publish',
  },
  {
    mistake: 16,
    device: ACTIVE,
    facts: { connectivity: offline('AUTH_ERROR') },
    code: 'topic-denied-by-reason',
    certainty: 'likely',
    reason: 'it may connect, and was thrown out for what it did then',
  },
  {
    mistake: 17,
    device: ACTIVE,
    facts: { connectivity: offline('DUPLICATE_CLIENTID') },
    code: 'client-id-fought-over',
    certainty: 'certain',
    reason: 'AWS says so',
  },
  {
    mistake: 17,
    device: ACTIVE,
    facts: { siblings: see([{ certificateId: 'cd'.repeat(32), status: 'ACTIVE' }]) },
    code: 'client-id-fought-over',
    certainty: 'possible',
    reason: 'another active certificate on the same thing',
  },
  {
    mistake: 18,
    device: PENDING,
    facts: named('FLEET_PROVISIONING', true),
    code: 'template-of-other-type',
    certainty: 'certain',
    reason: 'JITP needs a template of type JITP',
  },
  {
    mistake: 18,
    device: PENDING,
    facts: clean,
    code: 'fleet-provisioning-on-top',
    certainty: 'possible',
    reason: 'nothing else explains it',
  },
  {
    mistake: 19,
    device: PENDING,
    facts: { role: aRole({ kind: 'trusting', denied: ['iot:CreateThing'] }) },
    code: 'role-denied',
    certainty: 'certain',
    reason: 'the simulation says so',
  },
  {
    mistake: 19,
    device: PENDING,
    facts: { registerThing: failed('AccessDeniedException') },
    code: 'role-denied',
    certainty: 'certain',
    reason: 'CloudTrail says so',
  },
  {
    mistake: 19,
    device: PENDING,
    facts: { role: aRole({ kind: 'not-trusting' }) },
    code: 'role-not-trusting',
    certainty: 'certain',
    reason: 'iot.amazonaws.com may not assume it',
  },
  {
    mistake: 19,
    device: PENDING,
    facts: { role: aRole({ kind: 'missing' }) },
    code: 'role-missing',
    certainty: 'certain',
    reason: 'deleted since',
  },
  {
    mistake: 19,
    device: PENDING,
    facts: { role: aRole({ kind: 'other-account' }) },
    code: 'role-of-other-account',
    certainty: 'certain',
    reason: 'AWS IoT assumes roles of its own account',
  },
  {
    mistake: 20,
    device: PENDING,
    facts: { dryRun: aFailingDryRun('policy-not-found', { name: 'Fleet' }) },
    code: 'names-missing',
    certainty: 'certain',
    reason: 'a policy that the template only names',
  },
  {
    mistake: 20,
    device: PENDING,
    facts: { dryRun: aFailingDryRun('thing-type-not-found', { name: 'Sensor' }) },
    code: 'names-missing',
    certainty: 'certain',
    reason: 'a thing type',
  },
  {
    mistake: 21,
    device: PENDING,
    facts: named('JITP', false),
    code: 'template-disabled',
    certainty: 'certain',
    reason: 'enabled is false',
  },
  {
    mistake: 21,
    device: PENDING,
    facts: { ca: aCa({ config: { kind: 'named', templateName: 'Fleet' } }), namedTemplate: see(ABSENT) },
    code: 'template-missing',
    certainty: 'certain',
    reason: 'the CA names a template that is gone',
  },
  {
    mistake: 22,
    device: PENDING_JITR,
    facts: { rules: see([]) },
    code: 'registration-rule-missing',
    certainty: 'certain',
    reason: 'nobody hears the event',
  },
  {
    mistake: 22,
    device: PENDING_JITR,
    facts: {},
    code: 'registration-rule-missing',
    certainty: 'possible',
    reason: 'the rules were not seen',
  },
  {
    mistake: 22,
    device: PENDING_JITR,
    facts: { rules: see([{ ...rule, isEnabled: false }]) },
    code: 'registration-rule-disabled',
    certainty: 'certain',
    reason: 'the only one sleeps',
  },
  {
    mistake: 22,
    device: PENDING_JITR,
    facts: { rules: see([{ ...rule, mayCall: false }]) },
    code: 'function-may-not-be-called',
    certainty: 'certain',
    reason: 'without permission the function is never called, silently',
  },
  {
    mistake: 22,
    device: PENDING_JITR,
    facts: { rules: see([rule]) },
    code: 'function-did-not-activate',
    certainty: 'likely',
    reason: 'rule and permission are right, and it is still pending',
  },
  {
    mistake: 23,
    device: PENDING_JITR,
    facts: {},
    code: 'registration-needs-no-thing',
    certainty: 'certain',
    reason: 'no thing is attached, and none is needed',
  },
  {
    mistake: 24,
    device: ACTIVE,
    facts: { siblings: see([{ certificateId: 'cd'.repeat(32), status: 'INACTIVE' }]) },
    code: 'old-certificates-on-thing',
    certainty: 'certain',
    reason: 'a new key is another certificate',
  },
  {
    mistake: 25,
    device: AWAY,
    facts: { given: aGiven({ symptom: 'verification-certificate-demanded' }) },
    code: 'cli-too-old',
    certainty: 'likely',
    reason: 'SNI_ONLY needs none',
  },
  {
    mistake: 26,
    device: PENDING,
    facts: { registerThing: failed('LimitExceededException') },
    code: 'policy-limit-reached',
    certainty: 'certain',
    reason: 'the eleventh policy is refused',
  },
  {
    mistake: 26,
    device: PENDING,
    facts: {
      policies: see(
        Array.from({ length: 10 }, (_, index) => ({ name: `P${index}`, from: 'certificate' as const })),
      ),
    },
    code: 'policy-limit-reached',
    certainty: 'likely',
    reason: 'ten are attached',
  },
  {
    mistake: 27,
    device: PENDING,
    facts: { registerThing: failed('ThrottlingException') },
    code: 'provisioning-throttled',
    certainty: 'certain',
    reason: 'CloudTrail says so',
  },
  {
    mistake: 27,
    device: PENDING,
    facts: { ledger: aLedger({ batch: 'B1', batchPendingCount: 40 }) },
    code: 'provisioning-throttled',
    certainty: 'possible',
    reason: 'a whole batch is pending',
  },
  {
    mistake: 28,
    device: PENDING,
    facts: { dryRun: aFailingDryRun('thing-name-invalid', { value: 'a b' }) },
    code: 'name-invalid',
    certainty: 'certain',
    reason: 'a thing name has no spaces',
  },
  {
    mistake: 29,
    device: AWAY,
    facts: { given: aGiven({ region: 'us-east-1' }) },
    code: 'other-region',
    certainty: 'certain',
    reason: 'the registry is kept per Region',
  },
  {
    mistake: 29,
    device: AWAY,
    facts: { given: aGiven({ accountId: '210987654321' }) },
    code: 'other-account',
    certainty: 'certain',
    reason: 'and per account',
  },
  {
    mistake: 29,
    device: AWAY,
    facts: { ca: see(ABSENT) },
    code: 'issuing-ca-not-registered',
    certainty: 'certain',
    reason: 'it may be registered elsewhere',
  },
  {
    mistake: 30,
    device: ACTIVE,
    facts: { certificate: aCertificate({ status: 'INACTIVE' }) },
    code: 'certificate-inactive',
    certainty: 'certain',
    reason: 'the device is told nothing',
  },
  {
    mistake: 30,
    device: ACTIVE,
    facts: { certificate: aCertificate({ status: 'REVOKED' }) },
    code: 'certificate-revoked',
    certainty: 'certain',
    reason: 'for good',
  },
  {
    mistake: 30,
    device: ACTIVE,
    facts: { certificate: aCertificate({ status: 'PENDING_TRANSFER' }) },
    code: 'certificate-in-transfer',
    certainty: 'certain',
    reason: 'on its way to another account',
  },
  {
    mistake: 30,
    device: AWAY,
    facts: { ledger: aLedger({ lastSeenState: 'ACTIVE' }) },
    code: 'certificate-deleted',
    certainty: 'certain',
    reason: 'AWS had it',
  },
  {
    device: AWAY,
    facts: { issuers: see(['a', 'b']) },
    code: 'several-issuing-cas',
    certainty: 'likely',
    reason: 'the leaf alone does not say which',
  },
  {
    device: AWAY,
    facts: { signature: see(false) },
    code: 'signature-not-from-ca',
    certainty: 'certain',
    reason: 'the name is right, the key is another',
  },
  {
    device: AWAY,
    facts: { ca: aCa({ status: 'INACTIVE' }) },
    code: 'ca-inactive',
    certainty: 'certain',
    reason: 'an inactive CA registers nothing',
  },
  {
    device: PENDING,
    facts: { ca: aCa({ status: 'INACTIVE' }) },
    code: 'ca-inactive',
    certainty: 'likely',
    reason: 'what it does to a pending one is not documented',
  },
  {
    device: AWAY,
    facts: { ca: aCa({ autoRegistration: false }) },
    code: 'auto-registration-off',
    certainty: 'certain',
    reason: 'DISABLE',
  },
  {
    device: AWAY,
    facts: { ca: aCa({ notAfter: inDays(-1) }) },
    code: 'ca-expired',
    certainty: 'certain',
    reason: 'the chain is over',
  },
  {
    device: AWAY,
    facts: { ca: aCa({ notBefore: inDays(1) }) },
    code: 'ca-not-yet-valid',
    certainty: 'certain',
    reason: 'the chain has not begun',
  },
  {
    device: AWAY,
    facts: { leaf: leaf({ notAfter: inDays(-1) }) },
    code: 'certificate-expired',
    certainty: 'certain',
    reason: 'AWS registers no expired certificate',
  },
  {
    device: ACTIVE,
    facts: { leaf: leaf({ notAfter: inDays(-1) }) },
    code: 'certificate-expired',
    certainty: 'likely',
    reason: 'that AWS refuses it later is not stated',
  },
  {
    device: PENDING,
    facts: { dryRun: aFailingDryRun('thing-exists') },
    code: 'template-fails',
    certainty: 'certain',
    reason: 'any other failure of the dry run',
  },
  {
    device: PENDING,
    facts: { registerThing: failed('InvalidRequestException') },
    code: 'register-thing-failed',
    certainty: 'certain',
    reason: 'any other error in CloudTrail',
  },
  {
    device: PENDING,
    facts: clean,
    code: 'reconnect-to-retry',
    certainty: 'likely',
    reason: 'AWS retries only when the device connects',
  },
  {
    device: ACTIVE,
    facts: { connectivity: offline('MQTT_KEEP_ALIVE_TIMEOUT') },
    code: 'not-connected-now',
    certainty: 'certain',
    reason: 'activated, and off line',
  },
];

describe('a cause is recognised', () => {
  it.each(ROWS)('$mistake $code, $certainty: $reason', ({ device, facts, code, certainty }) => {
    const { findings } = diagnose({ ...device, ...facts }, NOW);
    const found = findings.filter((finding) => finding.code === code);
    expect(found.map((finding) => finding.certainty)).toContain(certainty);
    for (const { evidence } of found) expect(evidence.length).toBeGreaterThan(0);
  });

  it('each of the thirty mistakes, and every code there is', () => {
    const mistakes = new Set(ROWS.flatMap(({ mistake }) => mistake ?? []));
    expect([...mistakes].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(new Set(ROWS.map(({ code }) => code))).toEqual(new Set(FINDING_CODES));
    expect(RULES.map(({ code }) => code).toSorted()).toEqual(FINDING_CODES.toSorted());
  });

  it('by the mistake that its rule names', () => {
    const mistakeOf = new Map(RULES.map(({ code, mistake }) => [code, mistake]));
    for (const { code, mistake } of ROWS) expect([code, mistakeOf.get(code)]).toEqual([code, mistake]);
  });
});

describe('a device without fault', () => {
  it.each([
    { facts: {}, reason: 'it is active and may connect; whether it is on line was not asked' },
    {
      facts: {
        connectivity: see({ isConnected: true, changedAt: minutesAgo(1), disconnectReason: undefined }),
      },
      reason: 'it is on line',
    },
  ])('has no findings: $reason', ({ facts }) => {
    expect(diagnose({ ...ACTIVE, ...facts }, NOW).findings).toEqual([]);
  });
});

describe('two causes at once', () => {
  const both = diagnose(
    {
      ...AWAY,
      ca: aCa({ status: 'INACTIVE' }),
      dryRun: aFailingDryRun('policy-not-found', { name: 'Fleet' }),
    },
    NOW,
  );

  it('are both listed, what to do first first', () => {
    expect(both.findings.map(({ code }) => code)).toEqual(['ca-inactive', 'names-missing']);
  });

  it('are told apart: one holds the device now, the other would be next', () => {
    expect(both.ladder.hangsAt).toBe('contact');
    expect(both.findings.map(({ isAhead }) => isAhead)).toEqual([false, true]);
  });

  it.each([{ code: 'unresolved-reference' as const, expected: ['template-value-missing', 'role-denied'] }])(
    'in template and role: $code',
    ({ code, expected }) => {
      const facts = {
        ...PENDING,
        dryRun: aFailingDryRun(code, { name: 'AWS::IoT::Certificate::Country' }),
        role: aRole({ kind: 'trusting', denied: ['iot:CreateThing', 'iot:AttachPolicy'] }),
      };
      expect(diagnose(facts, NOW).findings.map((finding) => finding.code)).toEqual(expected);
    },
  );
});

describe('what could not be seen', () => {
  it('is listed with the call that was refused, and is no evidence', () => {
    const at = minutesAgo(1);
    const facts: DeviceFacts = { ...PENDING, role: notPermitted('GetRole', at) };
    const { unseen, findings } = diagnose(facts, NOW);
    expect(unseen).toEqual([{ fact: 'role', why: 'not-permitted', evidence: { source: 'GetRole', at } }]);
    expect(findings.map(({ code }) => code)).not.toContain('reconnect-to-retry');
  });

  it('makes a cause on the way likely where it would be certain', () => {
    const facts: DeviceFacts = {
      ...AWAY,
      certificate: notPermitted('DescribeCertificate', NOW),
      ca: aCa({ status: 'INACTIVE' }),
    };
    expect(diagnose(facts, NOW).findings.map(({ code, certainty }) => [code, certainty])).toEqual([
      ['ca-inactive', 'likely'],
    ]);
  });

  it('leaves who said the rest, and when, as it was', () => {
    const at = minutesAgo(3);
    const facts: DeviceFacts = {
      ...AWAY,
      certificate: known(ABSENT, 'DescribeCertificate', at),
      ca: aCa({ status: 'INACTIVE' }),
    };
    expect(diagnose(facts, NOW).findings[0]?.evidence).toEqual([
      { source: 'DescribeCACertificate', at: NOW },
      { source: 'DescribeCertificate', at },
    ]);
  });
});
