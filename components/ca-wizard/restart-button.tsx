'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useWizard } from './wizard-context';
import { wouldLoseKey } from './wizard-state';

/** Clears the wizard, after asking. */
export function RestartButton() {
  const t = useTranslations('wizard');
  const { draft, change } = useWizard();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="quiet" className="ml-auto" onPress={() => setOpen(true)}>
        {t('restart')}
      </Button>
      <ConfirmDialog
        title={t('restartTitle')}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        isDangerous={wouldLoseKey(draft)}
        consequences={[
          t('restartForgets'),
          ...(wouldLoseKey(draft) ? [t('restartLosesKey')] : []),
          t('restartKeepsAws'),
        ]}
        confirmLabel={t('restart')}
        onConfirm={async () => {
          change({ kind: 'restarted' });
          return undefined;
        }}
      />
    </>
  );
}
