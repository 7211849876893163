'use client';

import { useTranslations } from 'use-intl';
import { StatusBadge } from '@/components/ui/status-badge';
import type { Tone } from '@/components/ui/tone';
import type { IdentityVerdict } from '@/lib/policy/identity-policy';
import type { PermissionFacts, ProvisioningRoleFacts } from '@/lib/registry/provisioning-role';

/** What was seen of a provisioning role: who may assume it, and what it may do. What could not be seen is not called bad. */
export function RoleFacts({ facts }: { facts: ProvisioningRoleFacts }) {
  const t = useTranslations('template.role');
  switch (facts.kind) {
    case 'not-a-role':
    case 'missing':
      return <StatusBadge tone="danger">{t(`seen.${facts.kind}`)}</StatusBadge>;
    case 'other-account':
      return <StatusBadge tone="danger">{t('seen.other-account', { account: facts.accountId })}</StatusBadge>;
    case 'not-seen':
      return (
        <div>
          <StatusBadge tone="neutral">{t('seen.not-seen')}</StatusBadge>
          <p className="text-ink-muted">{t('seen.notSeenHelp')}</p>
        </div>
      );
    case 'seen':
      return (
        <div className="flex flex-col gap-2 text-sm">
          <StatusBadge tone={TRUST_TONES[facts.trust.kind]}>
            {t(`trust.${facts.trust.kind}`, {
              keys: facts.trust.kind === 'conditional' ? facts.trust.keys.join(', ') : '',
            })}
          </StatusBadge>
          <Permissions permissions={facts.permissions} />
          {facts.permissionsBoundaryArn === undefined ? null : (
            <p className="wrap-anywhere text-ink-muted">
              {t('boundary', { arn: facts.permissionsBoundaryArn })}
            </p>
          )}
        </div>
      );
  }
}

const TRUST_TONES = {
  trusted: 'positive',
  conditional: 'warning',
  'not-trusted': 'danger',
  denied: 'danger',
  malformed: 'danger',
} as const satisfies Record<string, Tone>;

const VERDICT_TONES: Record<IdentityVerdict, Tone> = {
  allowed: 'positive',
  partly: 'warning',
  'explicit-deny': 'danger',
  'implicit-deny': 'danger',
};

function Permissions({ permissions }: { permissions: PermissionFacts }) {
  const t = useTranslations('template.role');
  if (permissions.kind === 'not-seen') {
    return <StatusBadge tone="neutral">{t('permissionsNotSeen')}</StatusBadge>;
  }
  return (
    <>
      <ul className="grid gap-1 sm:grid-cols-2">
        {permissions.actions.map(({ action, verdict }) => (
          <li key={action} className="flex flex-wrap items-center gap-x-2">
            <StatusBadge tone={VERDICT_TONES[verdict]}>{t(`verdict.${verdict}`)}</StatusBadge>
            <span className="font-mono text-xs wrap-anywhere">{action}</span>
          </li>
        ))}
      </ul>
      {permissions.malformed.length === 0 ? null : (
        <p className="text-ink-muted">{t('malformed', { names: permissions.malformed.join(', ') })}</p>
      )}
    </>
  );
}
