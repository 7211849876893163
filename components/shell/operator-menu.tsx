'use client';

import { CircleUser, LogOut } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Menu } from '@/components/ui/menu';
import type { OperatorFacts } from './console-place';
import { type SignOut, useSignOut } from './use-sign-out';

/** Who is signed in, as what, and the way out. */
export function OperatorMenu({ operator, signOut }: { operator: OperatorFacts; signOut: SignOut }) {
  const t = useTranslations('shell');
  const leave = useSignOut(signOut);
  return (
    <Menu
      icon={<CircleUser aria-hidden />}
      label={
        <span className="flex max-w-32 items-baseline xl:max-w-72 gap-1.5">
          <span className="truncate">{operator.name}</span>
          <span className="text-xs font-normal text-ink-muted max-xl:hidden">
            {t(`role.${operator.role}`)}
          </span>
        </span>
      }
      accessibleLabel={`${t('operator.label', { name: operator.name })}, ${t(`role.${operator.role}`)}`}
      entries={[
        {
          id: 'sign-out',
          label: t('operator.signOut'),
          description: `${operator.email} · ${t(`role.${operator.role}`)}`,
          icon: <LogOut aria-hidden className="mt-0.5 size-4 shrink-0" />,
        },
      ]}
      onAction={leave}
    />
  );
}
