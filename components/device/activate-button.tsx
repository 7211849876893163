'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useActed } from '@/components/registry/use-acted';
import { Button } from '@/components/ui/button';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { Failure } from '@/lib/failure';
import type { CliTarget } from '@/lib/registry/aws-command';
import { cliFor } from '@/lib/registry/cli';
import type { Receipt } from '@/lib/registry/receipt';
import type { Result } from '@/lib/result';

type ActivateButtonProps = {
  environment: string;
  certificateId: string;
  cliTarget: CliTarget;
  activate: (input: { environment: string; certificateId: string }) => Promise<Result<Receipt, Failure>>;
};

/** Activates by hand what no template activates. */
export function ActivateButton({ environment, certificateId, cliTarget, activate }: ActivateButtonProps) {
  const t = useTranslations('device.activate');
  const acted = useActed();
  const [isOpen, setOpen] = useState(false);

  async function confirm() {
    const result = await activate({ environment, certificateId });
    if (!result.ok) return result.failure;
    acted(t('done'));
    return undefined;
  }

  return (
    <div>
      <Button variant="primary" onPress={() => setOpen(true)}>
        {t('button')}
      </Button>
      <ConfirmDialog
        title={t('title')}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        consequences={[t('connects'), t('policy')]}
        confirmLabel={t('button')}
        isDangerous={false}
        onConfirm={confirm}
      >
        <CliDisclosure
          commands={[cliFor({ kind: 'update-certificate', certificateId, status: 'ACTIVE' }, cliTarget)]}
        />
      </ConfirmDialog>
    </div>
  );
}
