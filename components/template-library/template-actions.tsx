'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { PlanDialog } from '@/components/registry/plan-dialog';
import { useActed } from '@/components/registry/use-acted';
import { Menu } from '@/components/ui/menu';
import type { ProvisioningTemplateDetail, TemplateUsers } from '@/lib/registry/provisioning-template';
import { DeleteTemplateDialog } from './delete-template-dialog';
import type { TemplateChanges, TemplatePlace } from './template-ports';

export type TemplateActionsProps = TemplatePlace &
  TemplateChanges & {
    template: ProvisioningTemplateDetail;
    versionIds: readonly number[];
    /** Undefined when they could not be read. */
    users: TemplateUsers | undefined;
    mayUpdate: boolean;
    mayDelete: boolean;
  };

/** Enables, disables and deletes a template; each asks first and says what follows. */
export function TemplateActions(props: TemplateActionsProps) {
  const { template, mayUpdate, mayDelete } = props;
  const t = useTranslations('templates');
  const [opened, setOpened] = useState<'enabling' | 'delete' | undefined>(undefined);
  const close = () => setOpened(undefined);
  return (
    <>
      <Menu
        label={t('more')}
        onAction={(id) => setOpened(id === 'delete' ? 'delete' : 'enabling')}
        entries={[
          ...(mayUpdate
            ? [{ id: 'enabling', label: t(template.isEnabled ? 'disable.act' : 'enable.act') }]
            : []),
          ...(mayDelete ? [{ id: 'delete', label: t('delete.act'), isDangerous: true }] : []),
        ]}
      />
      <EnablingDialog {...props} isOpen={opened === 'enabling'} onClose={close} />
      <DeleteTemplateDialog {...props} isOpen={opened === 'delete'} onClose={close} />
    </>
  );
}

type DialogProps = TemplateActionsProps & { isOpen: boolean; onClose: () => void };

function EnablingDialog({ isOpen, onClose, ...props }: DialogProps) {
  const { environment, template, users, cliTarget, setTemplateEnabled } = props;
  const t = useTranslations('templates');
  const acted = useActed();
  const { name: templateName, isEnabled } = template;
  const act = isEnabled ? 'disable' : 'enable';
  const count = users?.caIds.length ?? 0;
  return (
    <PlanDialog
      title={t(`${act}.title`, { name: templateName })}
      isOpen={isOpen}
      onClose={onClose}
      onDone={() => acted(t(`${act}.done`, { name: templateName }))}
      steps={[
        {
          label: t(`${act}.act`),
          change: { kind: 'update-provisioning-template', templateName, isEnabled: !isEnabled },
          run: () => setTemplateEnabled({ environment, templateName, isEnabled: !isEnabled }),
        },
      ]}
      consequences={[
        users === undefined ? t('users.unknown') : t('users.count', { count }),
        t(`${act}.newDevices`),
        t('devicesKeep'),
      ]}
      confirmLabel={t(`${act}.act`)}
      isDangerous={isEnabled}
      cliTarget={cliTarget}
    />
  );
}
