'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Checkbox } from '@/components/ui/checkbox';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { BATCH_LAYOUTS, type BatchSettings, type KeyOrigin } from '@/lib/batch/batch-settings';
import {
  DEVICE_FORMATS,
  type DeviceFormat,
  KEYLESS_FORMATS,
  PASSPHRASE_FORMATS,
  PLAIN_KEY_FORMATS,
} from '@/lib/pki/formats/device-format';
import { PKCS12_MACS } from '@/lib/pki/formats/pkcs12';

export type FormatFieldsValue = Pick<BatchSettings, 'formats' | 'pkcs12Mac' | 'layout'> & {
  passphraseRule: 'own' | 'common';
};

type FormatFieldsProps = {
  keyOrigin: KeyOrigin;
  value: FormatFieldsValue;
  onChange: (change: Partial<FormatFieldsValue>) => void;
  /** Stands below the rule for passphrases where there is one. */
  passphrase?: ReactNode;
};

/** Which files each device gets, and what stands under a passphrase. */
export function FormatFields({ keyOrigin, value, onChange, passphrase: fields }: FormatFieldsProps) {
  const t = useTranslations('batch.settings');
  const passphrase = useTranslations('batch.passphrase');
  const isKeyless = keyOrigin === 'device';
  const offered = isKeyless ? KEYLESS_FORMATS : DEVICE_FORMATS;
  const formats = value.formats.filter((each) => offered.includes(each));
  const isLocked = formats.some((each) => PASSPHRASE_FORMATS.includes(each));
  const isPlain = formats.some((each) => PLAIN_KEY_FORMATS.includes(each));
  const toggle = (each: DeviceFormat, isSelected: boolean) =>
    onChange({
      formats: DEVICE_FORMATS.filter((other) =>
        other === each ? isSelected : value.formats.includes(other),
      ),
    });
  return (
    <>
      <fieldset className="flex min-w-0 flex-col gap-2">
        <legend className="mb-2 text-sm font-medium">{t('formats')}</legend>
        <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
          {offered.map((each) => (
            <Checkbox
              key={each}
              isSelected={formats.includes(each)}
              onChange={(isSelected) => toggle(each, isSelected)}
              description={t(
                isKeyless && (each === 'pem' || each === 'der')
                  ? `keylessText.${each}`
                  : `formatText.${each}`,
              )}
            >
              {t(`formatName.${each}`)}
            </Checkbox>
          ))}
        </div>
      </fieldset>
      {formats.includes('pkcs12') ? (
        <Select
          label={t('mac')}
          value={value.pkcs12Mac}
          onChange={(pkcs12Mac) => onChange({ pkcs12Mac })}
          options={PKCS12_MACS.map((mac) => ({ value: mac, label: t(`macName.${mac}`) }))}
        />
      ) : null}
      {isLocked ? (
        <>
          <RadioCards
            label={passphrase('rule')}
            columns={2}
            value={value.passphraseRule}
            onChange={(passphraseRule) => onChange({ passphraseRule })}
            options={(['own', 'common'] as const).map((rule) => ({
              value: rule,
              label: passphrase(`ruleName.${rule}`),
              description: passphrase(`ruleText.${rule}`),
            }))}
          />
          {isPlain ? <p className="text-sm text-warning">{passphrase('plainToo')}</p> : null}
          {fields}
        </>
      ) : null}
      <RadioCards
        label={t('layout')}
        columns={2}
        value={value.layout}
        onChange={(layout) => onChange({ layout })}
        options={BATCH_LAYOUTS.map((layout) => ({
          value: layout,
          label: t(`layoutName.${layout}`),
          description: t(`layoutText.${layout}`),
        }))}
      />
    </>
  );
}
