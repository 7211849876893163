'use client';

import { useTranslations } from 'use-intl';
import { useActs } from '@/components/acts/acts-context';
import { Button } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import type { Act } from '@/lib/registry/act';
import type { CertificateStatus } from '@/lib/registry/device-certificate';
import { certificatesHref } from './certificates-query';

type CertificateActionsProps = {
  environment: string;
  certificateId: string;
  status: CertificateStatus;
  /** CN of the subject or the id's beginning: what has to be typed. */
  shortName: string;
};

/** Activate and deactivate as buttons; what cannot be taken back behind a menu. */
export function CertificateActions({
  environment,
  certificateId,
  status,
  shortName,
}: CertificateActionsProps) {
  const t = useTranslations('registry.certificate');
  const { may, propose } = useActs();
  const subjects = [{ id: certificateId, name: shortName, status }];
  const goTo = certificatesHref(environment, {});
  const ask = (act: Act) => propose({ act, subjects, ...(act === 'delete-certificate' ? { goTo } : {}) });
  const canActivate = status === 'INACTIVE' || status === 'PENDING_ACTIVATION';
  const entries = [
    ...(may.revoke
      ? [{ id: 'revoke', label: t('revoke'), isDangerous: true, isDisabled: status === 'REVOKED' }]
      : []),
    ...(may['delete-certificate'] ? [{ id: 'delete', label: t('delete'), isDangerous: true }] : []),
  ];
  return (
    <>
      {entries.length === 0 ? null : (
        <Menu
          label={t('more')}
          entries={entries}
          onAction={(id) => ask(id === 'revoke' ? 'revoke' : 'delete-certificate')}
        />
      )}
      {may.deactivate && status === 'ACTIVE' ? (
        <Button onPress={() => ask('deactivate')}>{t('deactivate')}</Button>
      ) : null}
      {may.activate && canActivate ? (
        <Button variant="primary" onPress={() => ask('activate')}>
          {t('activate')}
        </Button>
      ) : null}
    </>
  );
}
