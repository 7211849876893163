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
    provisioned: 'positive',
    'provisioning-no-template': 'info',
    'provisioning-ca-missing': 'danger',
    'provisioning-ca-closed': 'danger',
    'provisioning-template-missing': 'danger',
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
  },
  policy: {
    'connect-denied': 'danger',
    'will-denied': 'danger',
    'publish-denied': 'danger',
    'subscribe-denied': 'danger',
    'receive-denied': 'warning',
  },
  protocol: {
    'connect-timeout': 'warning',
    'tls-handshake-failed': 'danger',
    'not-mqtt': 'danger',
    'protocol-unsupported': 'danger',
    'client-id-refused': 'danger',
    'client-id-taken-over': 'warning',
    'packet-refused': 'danger',
    'packet-too-long': 'danger',
    'qos-2-publish': 'danger',
    'qos-2-subscribe': 'danger',
    'subscribe-too-many-filters': 'danger',
    'subscriptions-exhausted': 'danger',
    'topic-refused': 'danger',
    'topic-reserved': 'danger',
    'topic-not-served': 'warning',
    'retain-on-reserved-topic': 'danger',
    'filter-reserved': 'danger',
    'shared-subscription-unsupported': 'danger',
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
]);

export const isCertificateRegistered = (code: string): boolean => !UNREGISTERED.has(code);

function kindsOf(group: Described): EventKind[] {
  return Object.keys(group).filter(isEventKind);
}
