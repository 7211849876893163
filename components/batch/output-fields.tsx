'use client';

import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { PasswordField } from '@/components/ui/password-field';
import { RadioCards } from '@/components/ui/radio-cards';
import { OUTPUT_KINDS, type OutputKind, offeredOutputs } from './output-choice';

const DOWNLOAD_ONLY: readonly OutputKind[] = ['download'];
const never = () => () => {};

/** What this browser offers; the server cannot know. */
export function useOfferedOutputs(): readonly OutputKind[] {
  const count = useSyncExternalStore(
    never,
    () => offeredOutputs().length,
    () => DOWNLOAD_ONLY.length,
  );
  return count === OUTPUT_KINDS.length ? OUTPUT_KINDS : DOWNLOAD_ONLY;
}

type OutputFieldProps = { value: OutputKind; onChange: (value: OutputKind) => void };

export function OutputField({ value, onChange }: OutputFieldProps) {
  const t = useTranslations('batch.output');
  const offered = useOfferedOutputs();
  return (
    <RadioCards
      label={t('label')}
      columns={3}
      value={value}
      onChange={onChange}
      options={offered.map((kind) => ({
        value: kind,
        label: t(`name.${kind}`),
        description: t(`text.${kind}`),
      }))}
    />
  );
}

type PassphraseFieldsProps = {
  value: string;
  again: string;
  errors: { value: string[]; again: string[] };
  onChange: (value: string, again: string) => void;
};

/** One passphrase for all devices, twice: a mistyped one would lock all of them. */
export function PassphraseFields({ value, again, errors, onChange }: PassphraseFieldsProps) {
  const t = useTranslations('batch.passphrase');
  return (
    <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
      <PasswordField
        label={t('value')}
        help={t('help')}
        value={value}
        onChange={(typed) => onChange(typed, again)}
        autoComplete="off"
        errors={errors.value}
      />
      <PasswordField
        label={t('again')}
        value={again}
        onChange={(typed) => onChange(value, typed)}
        autoComplete="off"
        errors={errors.again}
      />
    </div>
  );
}
