'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useFlash } from '@/components/ui/flash';
import { Menu } from '@/components/ui/menu';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import { LinkDialog } from './link-dialog';
import { RoleChoice, type RoleName } from './role-choice';

type OperatorActionsProps = {
  operator: { id: string; name: string; role: RoleName; isDisabled: boolean };
  linkHours: number;
  makePasswordLink: (input: { id: string }) => Promise<Result<{ link: string }, Failure>>;
  setRole: (input: { id: string; role: RoleName }) => Promise<Result<undefined, Failure>>;
  setEnabled: (input: { id: string; enabled: boolean }) => Promise<Result<undefined, Failure>>;
};

type Act = 'role' | 'link' | 'disable' | 'enable';

/** What can be done to one operator. */
export function OperatorActions({
  operator,
  linkHours,
  makePasswordLink,
  setRole,
  setEnabled,
}: OperatorActionsProps) {
  const t = useTranslations('operators');
  const flash = useFlash();
  const [act, setAct] = useState<Act | undefined>(undefined);
  const [role, chooseRole] = useState<RoleName>(operator.role);
  const [link, setLink] = useState<string | undefined>(undefined);
  const { id, name, isDisabled } = operator;
  const offered: readonly Act[] = ['role', 'link', isDisabled ? 'enable' : 'disable'];

  async function confirm(): Promise<Failure | undefined> {
    if (act === 'link') {
      const made = await makePasswordLink({ id });
      if (!made.ok) return made.failure;
      setLink(made.value.link);
      return undefined;
    }
    const changed =
      act === 'role' ? await setRole({ id, role }) : await setEnabled({ id, enabled: act === 'enable' });
    if (!changed.ok && changed.failure.kind !== 'conflict') return changed.failure;
    // The only conflict there is: nobody would be left to manage operators.
    if (changed.ok) flash.show({ tone: 'positive', text: t('changed', { name }) });
    else flash.show({ tone: 'danger', text: t('lastAdmin') });
    return undefined;
  }

  return (
    <>
      <Menu
        label={t('actions')}
        accessibleLabel={t('actionsFor', { name })}
        entries={offered.map((entry) => ({
          id: entry,
          label: t(`act.${entry}.menu`),
          isDangerous: entry === 'disable',
        }))}
        onAction={(chosen) => {
          chooseRole(operator.role);
          setAct(offered.find((entry) => entry === chosen));
        }}
      />
      {act === undefined ? null : (
        <ConfirmDialog
          title={t(`act.${act}.title`, { name })}
          isOpen
          onClose={() => setAct(undefined)}
          consequences={[t(`act.${act}.follows`, { hours: linkHours })]}
          confirmLabel={t(`act.${act}.confirm`)}
          isDangerous={act === 'disable'}
          onConfirm={confirm}
        >
          {act === 'role' ? <RoleChoice value={role} onChange={chooseRole} /> : null}
        </ConfirmDialog>
      )}
      {link === undefined ? null : (
        <LinkDialog name={name} link={link} hours={linkHours} onClose={() => setLink(undefined)} />
      )}
    </>
  );
}
