'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useActed } from '@/components/registry/use-acted';
import { Button } from '@/components/ui/button';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { Failure } from '@/lib/failure';
import { type CliTarget, printAwsCommand } from '@/lib/registry/aws-command';
import type { Result } from '@/lib/result';

export type DisableRuleProps = {
  environment: string;
  caId: string;
  ruleName: string;
  cliTarget: CliTarget;
  disableRule: (input: {
    environment: string;
    caId: string;
    ruleName: string;
  }) => Promise<Result<undefined, Failure>>;
};

/** Switches a rule off that somebody else has made. */
export function DisableRuleButton({ environment, caId, ruleName, cliTarget, disableRule }: DisableRuleProps) {
  const t = useTranslations('jitr.rules');
  const acted = useActed();
  const [isOpen, setOpen] = useState(false);
  const command = {
    service: 'iot',
    operation: 'disable-topic-rule',
    options: [['rule-name', ruleName]],
  } as const;

  async function confirm() {
    const disabled = await disableRule({ environment, caId, ruleName });
    if (!disabled.ok) return disabled.failure;
    acted(t('disabledNow', { name: ruleName }));
    return undefined;
  }

  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('disable')}</Button>
      <ConfirmDialog
        title={t('disableTitle', { name: ruleName })}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        consequences={[t('disableEffect'), t('disableBack')]}
        confirmLabel={t('disable')}
        isDangerous={false}
        onConfirm={confirm}
      >
        <CliDisclosure commands={[printAwsCommand(command, cliTarget)]} />
      </ConfirmDialog>
    </>
  );
}
