'use client';

import { useTranslations } from 'use-intl';
import { PlanDialog } from '@/components/registry/plan-dialog';
import { useActed } from '@/components/registry/use-acted';
import type { CaDialogProps } from './ca-dialog-props';
import { useRegisteredSentence } from './use-registered-sentence';

type DetachTemplateDialogProps = CaDialogProps & {
  /** Goes on with JITR: auto-registration, which AWS makes us switch off first, is switched on again. */
  goesOn: boolean;
};

/** Detaches template and role from the CA. */
export function DetachTemplateDialog({ isOpen, onClose, goesOn, ...ca }: DetachTemplateDialogProps) {
  const { environment, caId, name } = ca;
  const t = useTranslations('ca');
  const acted = useActed();
  const registered = useRegisteredSentence(ca.registered);
  const act = goesOn ? 'detachJitr' : 'detach';
  return (
    <PlanDialog
      title={t(`${act}.title`, { name })}
      isOpen={isOpen}
      onClose={onClose}
      onDone={() => acted(t(`${act}.done`, { name }))}
      steps={[
        {
          label: t('detach.step'),
          change: {
            kind: 'update-ca-certificate',
            caId,
            autoRegistration: false,
            registrationConfig: 'remove',
          },
          run: () => ca.detachTemplate({ environment, caId }),
        },
        ...(goesOn
          ? [
              {
                label: t('action.autoOn'),
                change: { kind: 'update-ca-certificate', caId, autoRegistration: true } as const,
                run: () => ca.setAutoRegistration({ environment, caId, autoRegistration: true }),
              },
            ]
          : []),
      ]}
      consequences={[
        ...(goesOn ? [t('newDevices.jitr'), t('detachJitr.rule')] : [t('autoOff.newDevices')]),
        registered,
        t('detach.gone'),
      ]}
      milder={goesOn ? undefined : t('detach.milder')}
      nameToType={name}
      confirmLabel={t(`action.${act}`)}
      cliTarget={ca.cliTarget}
    />
  );
}
