/**
 * The reasons that the sandbox gives, in the order of a device's life, with what each means for it.
 * @module
 */
import type { Tone } from '@/components/ui/tone';
import type { Messages } from '@/lib/i18n/en';

/** A reason that the console has words for. */
export type EventKind = keyof Messages['sandbox']['kind'];
export type EventGroup = keyof Messages['sandbox']['group'];

type Described = Readonly<Partial<Record<EventKind, Tone>>>;

const GROUPS = {
  provisioning: {
    'certificate-registered': 'info',
    'certificate-still-pending': 'info',
    'registration-throttled': 'danger',
    provisioned: 'positive',
    'provisioning-no-template': 'info',
    'provisioning-ca-missing': 'danger',
    'provisioning-ca-closed': 'danger',
    'provisioning-template-missing': 'danger',
    'provisioning-template-gone': 'danger',
    'provisioning-template-disabled': 'danger',
    'provisioning-template-unreadable': 'danger',
    'provisioning-template-refused': 'danger',
    'provisioning-role-missing': 'danger',
    'provisioning-role-not-trusting': 'danger',
    'provisioning-access-denied': 'danger',
    'provisioning-step-failed': 'danger',
  },
  admission: {
    'client-certificate-missing': 'danger',
    'server-name-foreign': 'danger',
    'server-name-required': 'danger',
    'server-name-advised': 'warning',
    'certificate-not-yet-valid': 'danger',
    'certificate-expired': 'danger',
    'certificate-in-several-regions': 'danger',
    'certificate-pending-without-ca': 'danger',
    'certificate-not-active': 'danger',
    'certificate-key-refused': 'danger',
    'issuer-not-registered': 'danger',
    'issuer-did-not-sign': 'danger',
    'ca-not-active': 'danger',
    'ca-auto-registration-off': 'danger',
    'ca-out-of-validity': 'danger',
    'ca-in-several-regions': 'danger',
    'ca-subject-ambiguous': 'danger',
    'certificate-left-active': 'warning',
    'https-certificate-unknown': 'danger',
  },
  policy: {
    'connect-denied': 'danger',
    'will-denied': 'danger',
    'publish-denied': 'danger',
    'subscribe-denied': 'danger',
    'receive-denied': 'warning',
    'https-denied': 'danger',
  },
  protocol: {
    'connect-timeout': 'warning',
    'connect-throttled': 'danger',
    'tls-handshake-failed': 'danger',
    'alpn-missing': 'danger',
    'not-mqtt': 'danger',
    'protocol-unsupported': 'danger',
    'client-id-refused': 'danger',
    'client-id-taken-over': 'warning',
    'connection-deleted': 'warning',
    'keep-alive-timeout': 'warning',
    'websocket-expired': 'warning',
    'rate-exceeded': 'warning',
    'client-too-slow': 'danger',
    'messages-dropped': 'warning',
    'memory-exhausted': 'danger',
    'packet-refused': 'danger',
    'packet-too-long': 'danger',
    'qos-2-publish': 'danger',
    'qos-2-subscribe': 'danger',
    'qos-2-will': 'danger',
    'subscribe-too-many-filters': 'danger',
    'subscriptions-exhausted': 'danger',
    'topic-refused': 'danger',
    'topic-reserved': 'danger',
    'retain-on-reserved-topic': 'danger',
    'retained-exhausted': 'danger',
    'filter-reserved': 'danger',
  },
  rules: {
    'rule-action-executed': 'positive',
    'rule-action-failed': 'danger',
    'rule-not-applied': 'neutral',
    'rule-not-found': 'danger',
    'rule-failed': 'danger',
    'rule-loop-stopped': 'danger',
    'lambda-ran': 'positive',
    'lambda-log': 'neutral',
    'lambda-failed': 'danger',
    'lambda-dropped': 'warning',
    'lambda-given-up': 'danger',
  },
  services: {
    'shadow-rejected': 'danger',
    'shadow-will-ignored': 'warning',
    'request-not-served': 'danger',
    'event-not-published': 'warning',
    'index-field-unknown': 'warning',
  },
  sandbox: {
    'fault-injected': 'warning',
    'internal-fault': 'danger',
  },
} as const satisfies Record<EventGroup, Described>;

const TONES: ReadonlyMap<string, Tone> = new Map(
  Object.values(GROUPS).flatMap((kinds) => Object.entries(kinds)),
);

/** The kinds by group, for a choice. */
export const KINDS_BY_GROUP: ReadonlyArray<{ group: EventGroup; kinds: readonly EventKind[] }> = [
  { group: 'provisioning', kinds: kindsOf(GROUPS.provisioning) },
  { group: 'admission', kinds: kindsOf(GROUPS.admission) },
  { group: 'policy', kinds: kindsOf(GROUPS.policy) },
  { group: 'protocol', kinds: kindsOf(GROUPS.protocol) },
  { group: 'rules', kinds: kindsOf(GROUPS.rules) },
  { group: 'services', kinds: kindsOf(GROUPS.services) },
  { group: 'sandbox', kinds: kindsOf(GROUPS.sandbox) },
];

/** False for the reason of a newer sandbox, which is shown in its own words alone. */
export function isEventKind(code: string): code is EventKind {
  return TONES.has(code);
}

export const toneOf = (code: string): Tone => TONES.get(code) ?? 'neutral';

/** Reasons to refuse a certificate that nobody has registered: there is no page about it. */
const UNREGISTERED: ReadonlySet<string> = new Set<EventKind>([
  'certificate-key-refused',
  'issuer-not-registered',
  'issuer-did-not-sign',
  'ca-not-active',
  'ca-auto-registration-off',
  'ca-out-of-validity',
  'ca-in-several-regions',
  'ca-subject-ambiguous',
  'https-certificate-unknown',
]);

export const isCertificateRegistered = (code: string): boolean => !UNREGISTERED.has(code);

function kindsOf(group: Described): EventKind[] {
  return Object.keys(group).filter(isEventKind);
}
