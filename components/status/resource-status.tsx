'use client';

import { useTranslations } from 'use-intl';
import { StatusBadge } from '@/components/ui/status-badge';
import type { Tone } from '@/components/ui/tone';

const CERTIFICATE_TONES = {
  ACTIVE: 'positive',
  INACTIVE: 'neutral',
  REVOKED: 'danger',
  PENDING_TRANSFER: 'info',
  PENDING_ACTIVATION: 'info',
  REGISTER_INACTIVE: 'neutral',
  // None of AWS's own: the ledger's word for what AWS does not have any more.
  DELETED: 'neutral',
} as const satisfies Record<string, Tone>;

const CA_TONES = { ACTIVE: 'positive', INACTIVE: 'neutral' } as const satisfies Record<string, Tone>;

const AUTO_REGISTRATION_TONES = { ENABLE: 'positive', DISABLE: 'neutral' } as const satisfies Record<
  string,
  Tone
>;

/** The status of a device certificate, in words; a status that AWS adds one day is shown as AWS writes it. */
export function CertificateStatus({ status }: { status: string }) {
  const t = useTranslations('status');
  if (!isKey(CERTIFICATE_TONES, status)) return <StatusBadge tone="neutral">{status}</StatusBadge>;
  return (
    <StatusBadge tone={CERTIFICATE_TONES[status]} code={status}>
      {t(`certificate.${status}`)}
    </StatusBadge>
  );
}

/** The status of a CA certificate. */
export function CaStatus({ status }: { status: string }) {
  const t = useTranslations('status');
  if (!isKey(CA_TONES, status)) return <StatusBadge tone="neutral">{status}</StatusBadge>;
  return (
    <StatusBadge tone={CA_TONES[status]} code={status}>
      {t(`ca.${status}`)}
    </StatusBadge>
  );
}

/** Whether a CA registers unknown device certificates by itself. */
export function AutoRegistrationStatus({ status }: { status: string }) {
  const t = useTranslations('status');
  if (!isKey(AUTO_REGISTRATION_TONES, status)) return <StatusBadge tone="neutral">{status}</StatusBadge>;
  return (
    <StatusBadge tone={AUTO_REGISTRATION_TONES[status]} code={status}>
      {t(`autoRegistration.${status}`)}
    </StatusBadge>
  );
}

function isKey<Keys extends object>(table: Keys, key: string): key is string & keyof Keys {
  return Object.hasOwn(table, key);
}
