/**
 * Everything a diagnosis can know of one device. Facts only: nothing here judges, and no fact is a private key.
 * @module
 */
import type { Evaluation } from '@/lib/provisioning/plan';
import type { CaStatus, CertificateMode, RegistrationConfig } from '@/lib/registry/certificate-authority';
import type { CertificateStatus } from '@/lib/registry/device-certificate';
import { type Absent, type Known, NOT_ASKED } from './known';

/** What a broker's or a client's log line says, as far as it says more than "the connection was lost". */
export type Symptom =
  | 'hang-up'
  | 'server-not-verified'
  | 'certificate-not-yet-valid'
  | 'one-certificate-only'
  | 'verification-certificate-demanded';

/** What the person brought, read in the page. */
export type GivenFacts = {
  /** Certificates in the file, in its order; 0 when none was brought. */
  certificateCount: number;
  /** The first certificate says CA:TRUE though the device's own has to come first. */
  isCaFirst: boolean;
  /** The issuer among what was brought, when there is one; `caId` is the SHA-256 of its DER. */
  issuer: { saysCaTrue: boolean; caId: string } | undefined;
  /** The first certificate is a verification certificate for RegisterCACertificate; undefined: the CA is not at hand. */
  verification: { isSignedByCa: boolean | undefined } | undefined;
  /** Of an ARN or of the host a device is set to connect to, e.g. `eu-central-1`. */
  region: string | undefined;
  accountId: string | undefined;
  /** The host a device is set to connect to. */
  host: string | undefined;
  clientId: string | undefined;
  symptom: Symptom | undefined;
};

/** The device's own certificate, wherever its text came from. */
export type LeafFacts = {
  certificateId: string;
  commonName: string | undefined;
  /** RFC 4514 text. */
  issuer: string;
  notBefore: Date;
  notAfter: Date;
};

export type LedgerFacts = {
  issuedAt: Date;
  deliveredAt: Date | undefined;
  /** Undefined: of no CA that AWS names. */
  caId: string | undefined;
  batch: string | undefined;
  /** Others of the batch that were pending when last seen. */
  batchPendingCount: number;
  /** The last status seen in AWS, and when. */
  lastSeenState: string | undefined;
  lastSeenAt: Date | undefined;
};

export type CertificateFacts = {
  status: CertificateStatus;
  caId: string | undefined;
  registeredAt: Date | undefined;
  lastModifiedAt: Date | undefined;
};

export type CaFacts = {
  caId: string;
  status: CaStatus;
  mode: CertificateMode;
  autoRegistration: boolean;
  notBefore: Date | undefined;
  notAfter: Date | undefined;
  config: RegistrationConfig | undefined;
};

export type NamedTemplateFacts = { name: string; isEnabled: boolean; type: 'JITP' | 'FLEET_PROVISIONING' };

/** The text of the CA's template was read and evaluated, or it could not even be read. */
export type DryRunFacts =
  | { kind: 'evaluated'; evaluation: Evaluation; makesThing: boolean; makesPolicy: boolean }
  | { kind: 'unreadable'; reason: 'not-json' | 'double-encoded' | 'malformed' };

export type RoleFacts = {
  kind: 'missing' | 'other-account' | 'not-trusting' | 'trusting';
  roleArn: string;
};

/** One RegisterThing of this certificate in CloudTrail, newest first. */
export type RegisterThingEvent = {
  at: Date;
  errorCode: string | undefined;
  errorMessage: string | undefined;
};

/** A topic rule that listens to this CA's registrations. */
export type RegistrationRule = {
  name: string;
  isEnabled: boolean;
  /** The function it calls; undefined when it calls none. */
  functionName: string | undefined;
  /** Whether the function lets AWS IoT call it for this rule. Undefined: could not be seen. */
  mayCall: boolean | undefined;
};

export type AttachedThing = { name: string; isExclusive: boolean };

/** On the certificate itself or on a group of its thing: AWS does not say which. */
export type AttachedPolicy = { name: string };

export type AuthorizationFacts = {
  action: 'CONNECT' | 'PUBLISH' | 'SUBSCRIBE' | 'RECEIVE';
  /** The client id, topic or filter asked about. */
  resource: string;
  decision: 'ALLOWED' | 'IMPLICIT_DENY' | 'EXPLICIT_DENY';
  denyingPolicies: readonly string[];
  /** Variables that had no value, such as `iot:Connection.Thing.ThingName`. */
  missingContextValues: readonly string[];
};

/** A certificate on the same thing as this one, itself left out. */
export type SiblingCertificate = { certificateId: string; status: CertificateStatus | undefined };

export type ConnectivityFacts = {
  isConnected: boolean;
  /** Of the last change; undefined: never seen. */
  changedAt: Date | undefined;
  disconnectReason: string | undefined;
};

export type DeviceFacts = {
  given: Known<GivenFacts>;
  leaf: Known<LeafFacts>;
  ledger: Known<LedgerFacts | Absent>;
  certificate: Known<CertificateFacts | Absent>;
  /** Ids of registered CAs whose subject is the leaf's issuer. */
  issuers: Known<readonly string[]>;
  ca: Known<CaFacts | Absent>;
  /** Whether the leaf's signature was made by that CA's key. */
  signature: Known<boolean>;
  namedTemplate: Known<NamedTemplateFacts | Absent>;
  dryRun: Known<DryRunFacts>;
  role: Known<RoleFacts>;
  /** Which of the actions that the template needs the role is not allowed. */
  permissions: Known<readonly string[]>;
  registerThing: Known<readonly RegisterThingEvent[]>;
  rules: Known<readonly RegistrationRule[]>;
  things: Known<readonly AttachedThing[]>;
  policies: Known<readonly AttachedPolicy[]>;
  /** About CONNECT with the expected client id. */
  connect: Known<AuthorizationFacts>;
  /** About the topics that were asked for. */
  topics: Known<readonly AuthorizationFacts[]>;
  siblings: Known<readonly SiblingCertificate[]>;
  /** Absent: the fleet index has no such thing. */
  connectivity: Known<ConnectivityFacts | Absent>;
  /** The account and Region that were asked. */
  environment: Known<{ region: string; accountId: string }>;
  /** Where devices of this environment connect. */
  endpoint: Known<{ host: string }>;
  /** Whether the verification certificate carries the registration code of the account and Region that were asked. */
  isRegistrationCode: Known<boolean>;
};

export type FactKey = keyof DeviceFacts;

/** Before anybody was asked anything. */
export const NO_FACTS: DeviceFacts = {
  given: NOT_ASKED,
  leaf: NOT_ASKED,
  ledger: NOT_ASKED,
  certificate: NOT_ASKED,
  issuers: NOT_ASKED,
  ca: NOT_ASKED,
  signature: NOT_ASKED,
  namedTemplate: NOT_ASKED,
  dryRun: NOT_ASKED,
  role: NOT_ASKED,
  permissions: NOT_ASKED,
  registerThing: NOT_ASKED,
  rules: NOT_ASKED,
  things: NOT_ASKED,
  policies: NOT_ASKED,
  connect: NOT_ASKED,
  topics: NOT_ASKED,
  siblings: NOT_ASKED,
  connectivity: NOT_ASKED,
  environment: NOT_ASKED,
  endpoint: NOT_ASKED,
  isRegistrationCode: NOT_ASKED,
};

/** In the order in which a device climbs: what screens list facts by. */
export const FACT_KEYS = [
  'given',
  'leaf',
  'ledger',
  'certificate',
  'issuers',
  'ca',
  'signature',
  'environment',
  'endpoint',
  'isRegistrationCode',
  'namedTemplate',
  'dryRun',
  'role',
  'permissions',
  'registerThing',
  'rules',
  'things',
  'policies',
  'connect',
  'topics',
  'siblings',
  'connectivity',
] as const satisfies readonly FactKey[];
