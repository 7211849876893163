'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PasswordField } from '@/components/ui/password-field';

type PassphraseFormProps = {
  fileName: string | undefined;
  isWrong: boolean;
  isPending: boolean;
  onPassphrase: (passphrase: string) => void;
};

/** Asks for the passphrase of a PKCS#12 file. It is used in the page and forgotten. */
export function PassphraseForm({ fileName, isWrong, isPending, onPassphrase }: PassphraseFormProps) {
  const t = useTranslations('find.passphrase');
  const [passphrase, setPassphrase] = useState('');
  return (
    <Notice tone="info" role="status" title={t('title', { name: fileName ?? '' })}>
      <p>{t('text')}</p>
      <form
        className="flex max-w-md flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          onPassphrase(passphrase);
        }}
      >
        <PasswordField
          label={t('label')}
          value={passphrase}
          onChange={setPassphrase}
          autoComplete="off"
          autoFocus
          errors={isWrong ? [t('wrong')] : []}
        />
        <div>
          <Button type="submit" isPending={isPending}>
            {t('open')}
          </Button>
        </div>
      </form>
    </Notice>
  );
}
