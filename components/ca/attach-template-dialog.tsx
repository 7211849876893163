'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useActed } from '@/components/registry/use-acted';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { Dialog } from '@/components/ui/dialog';
import { FailureNotice } from '@/components/ui/failure-notice';
import { orNoAnswer } from '@/components/ui/no-answer';
import type { Failure } from '@/lib/failure';
import { cliFor } from '@/lib/registry/cli';
import type { CaDialogProps } from './ca-dialog-props';
import { draftOfCa, readDraft, type TemplateDraft } from './template-draft';
import { TemplateDraftForm } from './template-draft-form';
import { useRegisteredSentence } from './use-registered-sentence';

/** Attaches a template and its role to the CA, or replaces the ones it has. */
export function AttachTemplateDialog(props: CaDialogProps) {
  // Made anew at every opening, so that it begins with what the CA has now.
  return props.isOpen ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ isOpen, onClose, ...ca }: CaDialogProps) {
  const { environment, caId, name, autoRegistration, registrationConfig: present } = ca;
  const t = useTranslations('ca');
  const ui = useTranslations('ui');
  const acted = useActed();
  const registered = useRegisteredSentence(ca.registered);
  const [draft, setDraft] = useState<TemplateDraft>(() => draftOfCa(present, !autoRegistration));
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);

  const read = readDraft(draft, ca.place);
  const { config } = read;
  const enablesAutoRegistration = draft.enablesAutoRegistration && !autoRegistration;
  const act = present === undefined ? 'attach' : 'replace';
  const change = (to: Partial<TemplateDraft>) => {
    setFailure(undefined);
    setDraft((now) => ({ ...now, ...to }));
  };

  async function attach() {
    if (config === undefined || isPending) return;
    setPending(true);
    try {
      const result = await orNoAnswer(
        ca.attachTemplate({
          environment,
          caId,
          registrationConfig: config,
          enablesAutoRegistration,
        }),
      );
      setFailure(result.ok ? undefined : result.failure);
      if (!result.ok) return;
      acted(t(`${act}.done`, { name }));
      onClose();
    } finally {
      setPending(false);
    }
  }

  return (
    <Dialog
      title={t(`${act}.title`, { name })}
      isOpen={isOpen}
      onClose={onClose}
      width="wide"
      role="alertdialog"
      isBusy={isPending}
      footer={
        <>
          <Button onPress={onClose} isDisabled={isPending}>
            {ui('cancel')}
          </Button>
          <Button
            variant="primary"
            onPress={() => void attach()}
            isPending={isPending}
            isDisabled={config === undefined}
          >
            {t(`action.${act}`)}
          </Button>
        </>
      }
    >
      <TemplateDraftForm ca={ca} draft={draft} read={read} onChange={change} />
      {autoRegistration ? null : (
        <Checkbox
          isSelected={draft.enablesAutoRegistration}
          onChange={(enables) => change({ enablesAutoRegistration: enables })}
          description={t('attach.enableHelp')}
        >
          {t('attach.enable')}
        </Checkbox>
      )}
      <div>
        <p className="font-medium">{ui('confirm.consequences')}</p>
        <ul className="mt-1 list-disc space-y-1 pl-5">
          <li>{t(autoRegistration || enablesAutoRegistration ? 'newDevices.jitp' : 'attach.waits')}</li>
          <li>{registered}</li>
          {present === undefined ? null : <li>{t('replace.gone')}</li>}
        </ul>
      </div>
      {config === undefined ? null : (
        <CliDisclosure
          commands={[
            cliFor(
              {
                kind: 'update-ca-certificate',
                caId,
                registrationConfig: config,
                ...(enablesAutoRegistration ? { autoRegistration: true } : {}),
              },
              ca.cliTarget,
            ),
          ]}
        />
      )}
      {failure === undefined ? null : <FailureNotice failure={failure} />}
    </Dialog>
  );
}
