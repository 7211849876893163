'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { CaseLinkActions, CaseLinkTarget } from './case-link-props';

type RevokeLinkProps = { target: CaseLinkTarget; id: string; revoke: CaseLinkActions['revoke'] };

export function RevokeLink({ target, id, revoke }: RevokeLinkProps) {
  const t = useTranslations('case.links.revoke');
  const [isOpen, setOpen] = useState(false);
  async function confirm() {
    const revoked = await revoke({ ...target, id });
    return revoked.ok ? undefined : revoked.failure;
  }
  return (
    <>
      <Button variant="quiet" aria-label={t('of', { id })} onPress={() => setOpen(true)}>
        {t('open')}
      </Button>
      <ConfirmDialog
        title={t('title', { id })}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        consequences={[t('consequence')]}
        confirmLabel={t('confirm')}
        onConfirm={confirm}
      />
    </>
  );
}
