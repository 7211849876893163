'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import type { CertificateActionsProps } from './certificate-actions-props';
import { CertificateDeletion } from './certificate-deletion';
import { PlanDialog } from './plan-dialog';
import { useActed } from './use-acted';

type Open = 'activate' | 'deactivate' | 'revoke' | 'delete' | undefined;

/** Activate and deactivate as buttons; what cannot be taken back behind a menu. */
export function CertificateActions(props: CertificateActionsProps) {
  const { environment, cliTarget, certificateId, status, shortName, policyNames, mayUpdate, mayDelete } =
    props;
  const t = useTranslations('registry.certificate');
  const acted = useActed();
  const [open, setOpen] = useState<Open>(undefined);
  const close = () => setOpen(undefined);
  const isActive = status === 'ACTIVE';
  const canActivate = status === 'INACTIVE' || status === 'PENDING_ACTIVATION';

  const setTo = (to: 'ACTIVE' | 'INACTIVE', label: string) => ({
    label,
    change: { kind: 'update-certificate', certificateId, status: to } as const,
    run: () => props.setCertificateStatus({ environment, certificateId, status: to }),
  });

  return (
    <>
      {mayDelete ? (
        <Menu
          label={t('more')}
          entries={[
            { id: 'revoke', label: t('revoke'), isDangerous: true, isDisabled: status === 'REVOKED' },
            { id: 'delete', label: t('delete'), isDangerous: true },
          ]}
          onAction={(id) => setOpen(id === 'revoke' ? 'revoke' : 'delete')}
        />
      ) : null}
      {mayUpdate && isActive ? (
        <Button onPress={() => setOpen('deactivate')}>{t('deactivate')}</Button>
      ) : null}
      {mayUpdate && canActivate ? (
        <Button variant="primary" onPress={() => setOpen('activate')}>
          {t('activate')}
        </Button>
      ) : null}

      <PlanDialog
        title={t('activateTitle')}
        isOpen={open === 'activate'}
        onClose={close}
        onDone={() => acted(t('activated'))}
        steps={[setTo('ACTIVE', t('activate'))]}
        consequences={[t('activateFollows'), ...(policyNames.length === 0 ? [t('activateUnattached')] : [])]}
        confirmLabel={t('activate')}
        isDangerous={false}
        cliTarget={cliTarget}
      />
      <PlanDialog
        title={t('deactivateTitle')}
        isOpen={open === 'deactivate'}
        onClose={close}
        onDone={() => acted(t('deactivated'))}
        steps={[setTo('INACTIVE', t('deactivate'))]}
        consequences={[t('deactivateFollows'), t('deactivateKeeps')]}
        confirmLabel={t('deactivate')}
        cliTarget={cliTarget}
      />
      <PlanDialog
        title={t('revokeTitle')}
        isOpen={open === 'revoke'}
        onClose={close}
        onDone={() => acted(t('revoked'))}
        steps={[
          {
            label: t('revoke'),
            change: { kind: 'update-certificate', certificateId, status: 'REVOKED' },
            run: () => props.revokeCertificate({ environment, certificateId }),
          },
        ]}
        milder={
          isActive ? (
            <Milder
              text={t('milderDeactivate')}
              act={t('deactivate')}
              onPress={() => setOpen('deactivate')}
            />
          ) : (
            t('milderDone')
          )
        }
        consequences={[t('revokeFollows')]}
        nameToType={shortName}
        confirmLabel={t('revoke')}
        cliTarget={cliTarget}
      />
      <CertificateDeletion
        {...props}
        isOpen={open === 'delete'}
        onClose={close}
        milder={
          isActive ? (
            <Milder
              text={t('milderDeactivate')}
              act={t('deactivate')}
              onPress={() => setOpen('deactivate')}
            />
          ) : (
            t('milderDone')
          )
        }
      />
    </>
  );
}

function Milder({ text, act, onPress }: { text: string; act: string; onPress: () => void }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <span className="min-w-0 flex-1">{text}</span>
      <Button onPress={onPress}>{act}</Button>
    </div>
  );
}
