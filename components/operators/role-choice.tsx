'use client';

import { useTranslations } from 'use-intl';
import { RadioCards } from '@/components/ui/radio-cards';

export type RoleName = 'security-admin' | 'engineer' | 'support';

const ROLE_NAMES: readonly RoleName[] = ['security-admin', 'engineer', 'support'];

/** The roles, each with what it may do. */
export function RoleChoice({ value, onChange }: { value: RoleName; onChange: (role: RoleName) => void }) {
  const t = useTranslations('operators');
  const shell = useTranslations('shell.role');
  return (
    <RadioCards
      label={t('role')}
      value={value}
      onChange={onChange}
      options={ROLE_NAMES.map((role) => ({ value: role, label: shell(role), description: t(`may.${role}`) }))}
    />
  );
}
