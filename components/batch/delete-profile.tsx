'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

type DeleteProfileProps = {
  environment: string;
  profile: { id: string; name: string };
  deleteProfile: (input: { environment: string; id: string }) => Promise<Result<undefined, Failure>>;
};

/** Asks first; the page lists what is left afterwards. */
export function DeleteProfile({ environment, profile: { id, name }, deleteProfile }: DeleteProfileProps) {
  const t = useTranslations('profiles');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('delete')}</Button>
      <ConfirmDialog
        title={t('deleteTitle', { name })}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        isDangerous
        consequences={[t('deleteText')]}
        confirmLabel={t('delete')}
        onConfirm={async () => {
          const deleted = await deleteProfile({ environment, id });
          return deleted.ok ? undefined : deleted.failure;
        }}
      />
    </>
  );
}
