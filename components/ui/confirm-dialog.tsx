'use client';

import { type ReactNode, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Failure } from '@/lib/failure';
import { Button } from './button';
import { Dialog } from './dialog';
import { FailureNotice } from './failure-notice';
import { requestFailure } from './no-answer';
import { TextField } from './text-field';

type ConfirmDialogProps = {
  /** A question or a deed: "Delete the CA certificate 4c1f…?" */
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** What follows, one sentence each. */
  consequences: readonly ReactNode[];
  /** The milder act, offered first, e.g. a sentence with a "Deactivate instead" button. */
  milder?: ReactNode;
  /** Has to be typed before the button works. */
  nameToType?: string;
  /** The deed as a word: "Delete". */
  confirmLabel: string;
  isDangerous?: boolean;
  /** It cannot be done yet, as long as what would be done is not known. */
  isBlocked?: boolean;
  /** Acts; the dialog stays and shows the failure, or closes when there is none. */
  onConfirm: () => Promise<Failure | undefined>;
  /** `wide` for what has a form in it. */
  width?: 'wide' | undefined;
  /** E.g. a `CliDisclosure`. */
  children?: ReactNode;
};

/** Asks before something that cannot be taken back, and says what follows from it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  // The body is made anew at every opening, so that neither a typed name nor an old failure stays.
  return props.isOpen ? <OpenConfirmDialog {...props} /> : null;
}

function OpenConfirmDialog({
  title,
  isOpen,
  onClose,
  consequences,
  milder,
  nameToType,
  confirmLabel,
  isDangerous = true,
  isBlocked = false,
  onConfirm,
  width,
  children,
}: ConfirmDialogProps) {
  const t = useTranslations('ui');
  const consequencesId = useId();
  const [typed, setTyped] = useState('');
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const isNamed = nameToType === undefined || typed.trim() === nameToType;

  async function confirm() {
    if (!isNamed || isPending || isBlocked) return;
    setPending(true);
    try {
      const found = await onConfirm().catch(requestFailure);
      setFailure(found);
      if (found === undefined) onClose();
    } finally {
      setPending(false);
    }
  }

  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      role="alertdialog"
      isBusy={isPending}
      {...(width === undefined ? {} : { width })}
      footer={
        <>
          <Button onPress={onClose} isDisabled={isPending}>
            {t('cancel')}
          </Button>
          <Button
            variant={isDangerous ? 'danger' : 'primary'}
            onPress={() => void confirm()}
            isPending={isPending}
            isDisabled={!isNamed || isBlocked}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      {milder === undefined ? null : (
        <div className="rounded-md bg-sunken p-3">
          <p className="font-medium">{t('confirm.milder')}</p>
          <div className="mt-1">{milder}</div>
        </div>
      )}
      {consequences.length === 0 ? null : (
        <div>
          <p id={consequencesId} className="font-medium">
            {t('confirm.consequences')}
          </p>
          <ul aria-labelledby={consequencesId} className="mt-1 list-disc space-y-1 pl-5">
            {consequences.map((consequence, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of sentences
              <li key={index}>{consequence}</li>
            ))}
          </ul>
        </div>
      )}
      {children}
      {nameToType === undefined ? null : (
        <TextField
          label={t('confirm.typeName', { name: nameToType })}
          value={typed}
          onChange={setTyped}
          isMonospace
          autoFocus
          autoComplete="off"
          onKeyDown={(event) => {
            // Escape has to reach the dialog.
            if (event.key === 'Enter') void confirm();
            else event.continuePropagation();
          }}
        />
      )}
      {failure === undefined ? null : <FailureNotice failure={failure} />}
    </Dialog>
  );
}
