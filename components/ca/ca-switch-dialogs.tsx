'use client';

import { useTranslations } from 'use-intl';
import { PlanDialog } from '@/components/registry/plan-dialog';
import { useActed } from '@/components/registry/use-acted';
import { hitsDevices } from '@/lib/registry/ca-impact';
import { BlastRadius } from './blast-radius';
import type { CaDialogProps } from './ca-dialog-props';
import { firstContactOf } from './ca-facts';
import { useHitSentences } from './use-hit-sentences';
import { useRegisteredSentence } from './use-registered-sentence';

/** Activates an inactive CA, deactivates an active one. */
export function CaStatusDialog({ isOpen, onClose, ...ca }: CaDialogProps) {
  const { environment, caId, name, status } = ca;
  const t = useTranslations('ca');
  const acted = useActed();
  const registered = useRegisteredSentence(ca.registered);
  const hit = useHitSentences(ca.impact);
  const to = status === 'ACTIVE' ? 'INACTIVE' : 'ACTIVE';
  const act = to === 'ACTIVE' ? 'activate' : 'deactivate';
  return (
    <PlanDialog
      title={t(`${act}.title`, { name })}
      isOpen={isOpen}
      onClose={onClose}
      onDone={() => acted(t(`${act}.done`, { name }))}
      steps={[
        {
          label: t(`action.${act}`),
          change: { kind: 'update-ca-certificate', caId, status: to },
          run: () => ca.setCaStatus({ environment, caId, status: to }),
        },
      ]}
      consequences={
        to === 'ACTIVE'
          ? [t(`newDevices.${newDevicesKey(ca)}`), registered]
          : [...hit, t('deactivate.newDevices'), registered, t('deactivate.keeps')]
      }
      nameToType={to === 'INACTIVE' && hitsDevices(ca.impact) ? name : undefined}
      confirmLabel={t(`action.${act}`)}
      isDangerous={to === 'INACTIVE'}
      cliTarget={ca.cliTarget}
    >
      {to === 'INACTIVE' ? <BlastRadius impact={ca.impact} /> : null}
    </PlanDialog>
  );
}

/** Switches auto-registration on or off; the template stays as it is. */
export function AutoRegistrationDialog({ isOpen, onClose, ...ca }: CaDialogProps) {
  const { environment, caId, name, autoRegistration, registrationConfig } = ca;
  const t = useTranslations('ca');
  const acted = useActed();
  const registered = useRegisteredSentence(ca.registered);
  const hit = useHitSentences(ca.impact);
  const to = !autoRegistration;
  const act = to ? 'autoOn' : 'autoOff';
  return (
    <PlanDialog
      title={t(`${act}.title`, { name })}
      isOpen={isOpen}
      onClose={onClose}
      onDone={() => acted(t(`${act}.done`, { name }))}
      steps={[
        {
          label: t(`action.${act}`),
          change: { kind: 'update-ca-certificate', caId, autoRegistration: to },
          run: () => ca.setAutoRegistration({ environment, caId, autoRegistration: to }),
        },
      ]}
      nameToType={!to && hitsDevices(ca.impact) ? name : undefined}
      consequences={[
        ...(to ? [] : hit),
        to
          ? t(`newDevices.${newDevicesKey({ autoRegistration: true, registrationConfig })}`)
          : t('autoOff.newDevices'),
        ...(ca.status === 'INACTIVE' && to ? [t('autoOn.inactive')] : []),
        registered,
        ...(!to && registrationConfig !== undefined ? [t('autoOff.keepsTemplate')] : []),
      ]}
      confirmLabel={t(`action.${act}`)}
      isDangerous={!to}
      cliTarget={ca.cliTarget}
    >
      {to ? null : <BlastRadius impact={ca.impact} />}
    </PlanDialog>
  );
}

/** The words for what happens to a new device of an active CA. */
function newDevicesKey(ca: Pick<CaDialogProps, 'autoRegistration' | 'registrationConfig'>) {
  const { kind } = firstContactOf(ca);
  return kind === 'jitp-named' ? 'jitp' : kind;
}
