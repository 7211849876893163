'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { policyHref } from '@/components/registry/hrefs';
import type { RegistryAction } from '@/components/registry/registry-action';
import { useActed } from '@/components/registry/use-acted';
import { Button } from '@/components/ui/button';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { CliTarget } from '@/lib/registry/aws-command';
import { cliFor } from '@/lib/registry/cli';

type PutInForceButtonProps = {
  environment: string;
  cliTarget: CliTarget;
  policyName: string;
  /** One that is there and not in force. */
  versionId: string;
  setDefaultVersion: RegistryAction<{ policyName: string; versionId: string }>;
};

/** Makes another version of a policy the one in force. */
export function PutInForceButton(props: PutInForceButtonProps) {
  const { environment, cliTarget, policyName, versionId, setDefaultVersion } = props;
  const t = useTranslations('policy-editor.inForce');
  const acted = useActed();
  const [isOpen, setOpen] = useState(false);
  const words = { version: versionId, name: policyName };
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('act')}</Button>
      <ConfirmDialog
        title={t('title', words)}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        consequences={[t('follows'), t('stays')]}
        confirmLabel={t('act')}
        isDangerous={false}
        onConfirm={async () => {
          const set = await setDefaultVersion({ environment, policyName, versionId });
          if (!set.ok) return set.failure;
          acted(t('done', words), policyHref(environment, policyName));
          return undefined;
        }}
      >
        <CliDisclosure
          commands={[cliFor({ kind: 'set-default-policy-version', policyName, versionId }, cliTarget)]}
        />
      </ConfirmDialog>
    </>
  );
}
