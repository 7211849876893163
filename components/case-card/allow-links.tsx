'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { CaseLinkActions } from './case-link-props';

type AllowLinksProps = { environment: string; isAllowed: boolean; allow: CaseLinkActions['allow'] };

/** Whether links are allowed at all is decided for the environment, with what follows from it said first. */
export function AllowLinks({ environment, isAllowed, allow }: AllowLinksProps) {
  const t = useTranslations('case.links');
  const [isOpen, setOpen] = useState(false);
  const act = isAllowed ? 'forbid' : 'allow';
  async function confirm() {
    const changed = await allow({ environment, isAllowed: !isAllowed });
    return changed.ok ? undefined : changed.failure;
  }
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t(`${act}.open`)}</Button>
      <ConfirmDialog
        title={t(`${act}.title`)}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        consequences={[t(`${act}.first`), t(`${act}.second`)]}
        confirmLabel={t(`${act}.confirm`)}
        isDangerous={isAllowed}
        onConfirm={confirm}
      />
    </>
  );
}
