/**
 * What a diagnosis says: codes with parameters. The sentences are in `messages/<locale>/diagnosis.json`.
 * @module
 */
import type { DeviceFacts, FactKey } from './facts';
import type { Evidence } from './known';
import type { LadderRungId } from './ladder';

/** `certain`: the facts leave no other reading; `likely`: something points to it; `possible`: nothing speaks against it. */
export type Certainty = 'certain' | 'likely' | 'possible';

/**
 * `blocks`: the device does not get on before this is put right; `expected`: it looks like a fault and is none;
 * `note`: worth knowing, stops nothing.
 */
export type Weight = 'blocks' | 'expected' | 'note';

/** Who has the means: whoever has the device in hand, or a role of the console, or who rules the AWS account. */
export type Who = 'device-owner' | 'engineer' | 'security-admin' | 'aws-admin';

export type FindingParams = Readonly<Record<string, string | number>>;

/** One reading of the facts by a rule. */
export type Reading = { certainty: Certainty; basis: readonly FactKey[]; params?: FindingParams };

/** One cause and how it is recognised. Pure: the same facts and the same time give the same readings. */
export type Rule = {
  code: FindingCode;
  /** Its number among the thirty mistakes that people report; undefined where the decision order alone asks for it. */
  mistake: number | undefined;
  /** The rung that it keeps the device from. */
  rung: LadderRungId;
  weight: Weight;
  who: Who;
  /** Steps in their order. */
  remedy: readonly RemedyCode[];
  /** Every time it applies: a template may miss two values. */
  read(facts: DeviceFacts, now: Date): readonly Reading[];
};

export type Finding = Omit<Rule, 'read' | 'mistake'> & {
  certainty: Certainty;
  params: FindingParams;
  /** Who said so, and when. Never empty. */
  evidence: readonly Evidence[];
  /** It keeps the device from a rung beyond the one it hangs on: it would be next. */
  isAhead: boolean;
};

/** In the order of what to do first (the decision order "why is this device not active?"). */
export const FINDING_CODES = [
  'chain-order',
  'common-name-garbled',
  'ca-without-ca-true',
  'verification-certificate-wrong',
  'cli-too-old',
  'other-region',
  'other-account',
  'certificate-deleted',
  'certificate-revoked',
  'certificate-inactive',
  'certificate-in-transfer',
  'issuing-ca-not-registered',
  'several-issuing-cas',
  'signature-not-from-ca',
  'ca-inactive',
  'auto-registration-off',
  'ca-expired',
  'ca-not-yet-valid',
  'certificate-expired',
  'certificate-not-yet-valid',
  'endpoint-not-ats',
  'server-trust-wrong',
  'device-clock',
  'sdk-sends-one-certificate',
  'never-reached',
  'leaf-only-without-sni',
  'first-connect-dropped',
  'template-missing',
  'template-disabled',
  'template-of-other-type',
  'template-double-encoded',
  'template-unreadable',
  'template-policy-missing',
  'template-value-missing',
  'name-invalid',
  'names-missing',
  'template-fails',
  'role-missing',
  'role-of-other-account',
  'role-not-trusting',
  'role-denied',
  'policy-limit-reached',
  'provisioning-throttled',
  'register-thing-failed',
  'fleet-provisioning-on-top',
  'reconnect-to-retry',
  'registration-rule-missing',
  'registration-rule-disabled',
  'function-may-not-be-called',
  'function-did-not-activate',
  'registration-needs-no-thing',
  'thing-not-attached',
  'policy-not-attached',
  'client-id-not-thing-name',
  'connect-denied-explicitly',
  'connect-denied',
  'topic-denied',
  'topic-denied-by-reason',
  'client-id-fought-over',
  'old-certificates-on-thing',
  'not-connected-now',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export const REMEDY_CODES = [
  'leaf-first',
  'send-chain-and-sni',
  'issue-again',
  'issue-with-console',
  'recreate-ca',
  'sign-verification-again',
  'update-cli',
  'look-in-region',
  'connect-to-region',
  'register-ca',
  'register-ca-sni-only',
  'send-chain',
  'activate-ca',
  'switch-on-auto-registration',
  'issue-under-other-ca',
  'activate-certificate',
  'finish-transfer',
  'wait-until-valid',
  'use-ats-endpoint',
  'use-server-root',
  'set-clock',
  'update-sdk',
  'check-network',
  'reconnect',
  'build-in-retry',
  'attach-template',
  'enable-template',
  'use-jitp-template',
  'encode-once',
  'mend-template',
  'add-value-or-default',
  'use-valid-name',
  'create-named-resource',
  'create-role',
  'use-role-of-account',
  'mend-trust',
  'attach-registration-policy',
  'consolidate-policies',
  'stagger',
  'raise-quota',
  'read-cloudtrail',
  'plain-connect-twice',
  'create-rule',
  'enable-rule',
  'add-function-permission',
  'read-function-log',
  'activate-by-hand',
  'create-thing-if-wanted',
  'attach-policy',
  'attach-thing',
  'use-thing-name-as-client-id',
  'remove-deny',
  'allow-client',
  'allow-topic',
  'use-unique-client-id',
  'remove-old-certificates',
  'check-power-and-network',
] as const;
export type RemedyCode = (typeof REMEDY_CODES)[number];
