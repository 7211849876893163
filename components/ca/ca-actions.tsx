'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import { AttachTemplateDialog } from './attach-template-dialog';
import type { CaActionsProps } from './ca-actions-props';
import { CaDeletion } from './ca-deletion';
import { AutoRegistrationDialog, CaStatusDialog } from './ca-switch-dialogs';
import { DetachTemplateDialog } from './detach-template-dialog';
import { RoadDialog } from './road-dialog';

type Open = 'road' | 'status' | 'auto-registration' | 'template' | 'detach' | 'detach-jitr' | 'delete';

/** Activate or deactivate as a button, everything else of a CA behind a menu, each with a dialog that says what follows. */
export function CaActions(props: CaActionsProps) {
  const { status, autoRegistration, registrationConfig, mayUpdate, mayDelete } = props;
  const t = useTranslations('ca.action');
  const road = useTranslations('road');
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const close = () => setOpen(undefined);
  const isActive = status === 'ACTIVE';
  const hasTemplate = registrationConfig !== undefined;

  const updates: { id: Open; label: string }[] = [
    { id: 'auto-registration', label: t(autoRegistration ? 'autoOff' : 'autoOn') },
    { id: 'template', label: t(hasTemplate ? 'replace' : 'attach') },
    ...(hasTemplate
      ? [
          { id: 'detach' as const, label: t('detach') },
          { id: 'detach-jitr' as const, label: t('detachJitr') },
        ]
      : []),
  ];
  const entries = [
    ...(mayUpdate ? updates : []),
    ...(mayDelete
      ? [
          {
            id: 'delete' as const,
            label: t('delete'),
            isDangerous: true,
            isDisabled: isActive,
            ...(isActive ? { description: t('deleteWhenInactive') } : {}),
          },
        ]
      : []),
  ];

  return (
    <>
      {entries.length === 0 ? null : (
        <Menu
          label={t('more')}
          entries={entries}
          onAction={(id) => setOpen(entries.find((entry) => entry.id === id)?.id)}
        />
      )}
      {mayUpdate ? <Button onPress={() => setOpen('road')}>{road('open')}</Button> : null}
      {mayUpdate ? (
        <Button variant={isActive ? 'secondary' : 'primary'} onPress={() => setOpen('status')}>
          {t(isActive ? 'deactivate' : 'activate')}
        </Button>
      ) : null}
      <RoadDialog {...props} isOpen={open === 'road'} onClose={close} />
      <CaStatusDialog {...props} isOpen={open === 'status'} onClose={close} />
      <AutoRegistrationDialog {...props} isOpen={open === 'auto-registration'} onClose={close} />
      <AttachTemplateDialog {...props} isOpen={open === 'template'} onClose={close} />
      <DetachTemplateDialog {...props} isOpen={open === 'detach'} onClose={close} goesOn={false} />
      <DetachTemplateDialog {...props} isOpen={open === 'detach-jitr'} onClose={close} goesOn />
      <CaDeletion {...props} isOpen={open === 'delete'} onClose={close} />
    </>
  );
}
