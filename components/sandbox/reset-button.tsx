'use client';

import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useActed } from '@/components/registry/use-acted';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { ResetAction } from './sandbox-actions';

type ResetButtonProps = { environment: { id: string; name: string }; reset: ResetAction };

/** Empties the sandbox, after its name was typed. */
export function ResetButton({ environment: { id, name }, reset }: ResetButtonProps) {
  const t = useTranslations('sandbox.reset');
  const acted = useActed();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<RotateCcw aria-hidden />} onPress={() => setOpen(true)}>
        {t('open')}
      </Button>
      <ConfirmDialog
        title={t('title', { name })}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        consequences={[t('everything'), t('runtime'), t('ledger'), t('again')]}
        milder={t('milder')}
        nameToType={name}
        confirmLabel={t('confirm')}
        onConfirm={async () => {
          const done = await reset({ environment: id });
          if (!done.ok) return done.failure;
          acted(t('done', { name }));
          return undefined;
        }}
      />
    </>
  );
}
