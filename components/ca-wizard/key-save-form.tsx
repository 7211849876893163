'use client';

import { type SyntheticEvent, useRef, useState, useTransition } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { PasswordField } from '@/components/ui/password-field';
import type { HandleUnknown, KeySealed } from '@/lib/browser/pki.protocol';
import type { WorkerStopped } from '@/lib/browser/worker-stopped';
import type { PassphraseRefused } from '@/lib/pki/passphrase';
import { PASSPHRASE_CHARACTERS_MIN } from '@/lib/pki/passphrase';

type KeySaveFormProps = {
  /** What will be downloaded, as a sentence. */
  files: string;
  /** Has the key encrypted and saved; what it was refused for, or that this is told elsewhere. */
  save: (passphrase: string) => Promise<Refusal | 'told-elsewhere' | undefined>;
};

type Refusal = (PassphraseRefused | HandleUnknown | KeySealed | WorkerStopped)['kind'];
type SaveFault = Refusal | 'different';

/** A passphrase, twice, and the key leaves the worker encrypted with it. */
export function KeySaveForm({ files, save }: KeySaveFormProps) {
  const t = useTranslations('wizard.key');
  const failure = useTranslations('failure');
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [fault, setFault] = useState<SaveFault | undefined>(undefined);
  const [isPending, startTransition] = useTransition();
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);

  function refuse(found: SaveFault) {
    setFault(found);
    (found === 'different' ? second : first).current?.focus();
  }

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (isPending) return;
    if ([...passphrase].length < PASSPHRASE_CHARACTERS_MIN) return refuse('passphrase-length');
    if (passphrase !== repeated) return refuse('different');
    startTransition(async () => {
      const refusal = await save(passphrase);
      setFault(undefined);
      if (refusal === 'told-elsewhere') return;
      if (refusal !== undefined) return refuse(refusal);
      setPassphrase('');
      setRepeated('');
    });
  }

  const sentence =
    fault === 'worker-stopped'
      ? failure('workerStopped')
      : fault && t(`fault.${fault}`, { min: PASSPHRASE_CHARACTERS_MIN });
  return (
    <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        <PasswordField
          label={t('passphrase')}
          help={t('passphraseHelp')}
          constraint={t('passphraseRule', { min: PASSPHRASE_CHARACTERS_MIN })}
          value={passphrase}
          onChange={setPassphrase}
          autoComplete="off"
          inputRef={first}
          errors={sentence !== undefined && fault !== 'different' ? [sentence] : []}
        />
        <PasswordField
          label={t('repeat')}
          help={t('repeatHelp')}
          value={repeated}
          onChange={setRepeated}
          autoComplete="off"
          inputRef={second}
          errors={sentence !== undefined && fault === 'different' ? [sentence] : []}
        />
      </div>
      <p className="text-xs text-ink-muted">{files}</p>
      <div>
        <Button type="submit" variant="primary" isPending={isPending}>
          {t('download')}
        </Button>
      </div>
    </form>
  );
}
