'use client';

import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { Checkbox } from '@/components/ui/checkbox';
import { PasswordField } from '@/components/ui/password-field';
import { RadioCards } from '@/components/ui/radio-cards';
import type { PassphraseListPlace } from '@/lib/browser/batch/batch.protocol';
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

type PassphraseListFieldProps = {
  value: PassphraseListPlace;
  onChange: (value: PassphraseListPlace) => void;
};

/** Where the list goes of devices with a passphrase each. */
export function PassphraseListField({ value, onChange }: PassphraseListFieldProps) {
  const t = useTranslations('batch.passphrase');
  const isInside = value === 'inside';
  return (
    <div className="flex flex-col gap-1">
      <Checkbox
        isSelected={isInside}
        onChange={(isSelected) => onChange(isSelected ? 'inside' : 'apart')}
        description={t('insideText')}
      >
        {t('inside')}
      </Checkbox>
      {isInside ? <p className="text-sm text-warning">{t('insideWarning')}</p> : null}
    </div>
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
