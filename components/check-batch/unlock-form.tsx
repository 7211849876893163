'use client';

import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { DropArea } from '@/components/ui/drop-area';
import type { FoundFile } from '@/components/ui/found-file';
import { PasswordField } from '@/components/ui/password-field';
import { RadioCards } from '@/components/ui/radio-cards';
import type { Passphrases } from '@/lib/browser/bundle-check/bundle-check.protocol';

/** Shows a passphrase or a tool that is wrong for one device in thirty with more than nine chances in ten, in seconds. */
const SAMPLE_DEVICES = 100;

type UnlockFormProps = {
  locked: number;
  /** passphrases.csv lies in the batch. */
  hasList: boolean;
  /** Whether anything could be opened; what was typed is then forgotten. */
  onUnlock: (passphrases: Passphrases, devicesMax: number) => Promise<boolean>;
};

/** Asks for the passphrase, and of how many devices the files are opened. */
export function UnlockForm({ locked, hasList, onUnlock }: UnlockFormProps) {
  const t = useTranslations('check-batch.unlock');
  const [source, setSource] = useState<'listed' | 'file' | 'common'>(hasList ? 'listed' : 'common');
  const [extent, setExtent] = useState<'sample' | 'all'>('sample');
  const [passphrase, setPassphrase] = useState('');
  const [list, setList] = useState<FoundFile | undefined>(undefined);
  const [isPending, setPending] = useState(false);
  const given: Record<typeof source, Passphrases | undefined> = {
    listed: { kind: 'own', list: undefined },
    file: list && { kind: 'own', list: list.file },
    common: passphrase === '' ? undefined : { kind: 'common', passphrase },
  };
  const passphrases = given[source];
  const sources = hasList ? (['listed', 'common'] as const) : (['common', 'file'] as const);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (passphrases === undefined || isPending) return;
    setPending(true);
    const devicesMax = locked > SAMPLE_DEVICES && extent === 'sample' ? SAMPLE_DEVICES : locked;
    const isOpening = await onUnlock(passphrases, devicesMax);
    setPending(false);
    if (isOpening) setPassphrase('');
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex max-w-2xl flex-col gap-4">
      <RadioCards
        label={t('source.label')}
        options={sources.map((value) => ({ value, label: t(`source.${value}`) }))}
        value={source}
        onChange={setSource}
        columns={2}
      />
      {source === 'common' ? (
        <PasswordField
          label={t('passphrase')}
          value={passphrase}
          onChange={setPassphrase}
          autoComplete="off"
        />
      ) : null}
      {source === 'file' ? (
        <DropArea
          label={t('list')}
          constraint={t('listLimit')}
          sentences={[]}
          extensions={['.csv']}
          allowsMultiple={false}
          held={list?.path}
          onFiles={([file]) => setList(file)}
        />
      ) : null}
      {locked > SAMPLE_DEVICES ? (
        <RadioCards
          label={t('extent.label')}
          options={[
            {
              value: 'sample',
              label: t('extent.sample', { count: SAMPLE_DEVICES }),
              description: t('extent.sampleText'),
            },
            { value: 'all', label: t('extent.all', { count: locked }), description: t('extent.allText') },
          ]}
          value={extent}
          onChange={setExtent}
          columns={2}
        />
      ) : null}
      <div>
        <Button type="submit" variant="primary" isPending={isPending} isDisabled={passphrases === undefined}>
          {t('open')}
        </Button>
      </div>
    </form>
  );
}
