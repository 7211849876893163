'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { isCutByCa } from '@/components/device/issue-form';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { NumberField } from '@/components/ui/number-field';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { useNowMs } from '@/components/ui/use-now';
import { BATCH_LAYOUTS, type BatchSettings, type KeyOrigin } from '@/lib/batch/batch-settings';
import {
  DEVICE_FORMATS,
  type DeviceFormat,
  KEYLESS_FORMATS,
  PASSPHRASE_FORMATS,
  PLAIN_KEY_FORMATS,
} from '@/lib/pki/formats/device-format';
import { PKCS12_MACS } from '@/lib/pki/formats/pkcs12';
import { KEY_ALGORITHMS } from '@/lib/pki/key-algorithm';
import { VALIDITY_DAYS_MAX, VALIDITY_DAYS_MIN } from '@/lib/pki/validity';
import type { IssuingCa } from '@/lib/registry/issuing-ca';
import type { OutputKind } from './output-choice';
import { OutputField, PassphraseFields } from './output-fields';
import type { PassphraseFault } from './passphrase-faults';

export type SettingsForm = Omit<BatchSettings, 'passphraseRule' | 'keyOrigin'> & {
  passphraseRule: 'common' | 'own';
  passphrase: { value: string; again: string };
  output: OutputKind;
};

/** AWS's article issues its devices for a year. */
const VALIDITY_DAYS = 365;

export const newSettings = (): SettingsForm => ({
  algorithm: 'P-256',
  validityDays: VALIDITY_DAYS,
  formats: ['pem'],
  pkcs12Mac: 'SHA-256',
  layout: 'folders',
  passphraseRule: 'own',
  passphrase: { value: '', again: '' },
  output: 'download',
});

type BatchSettingsCardProps = {
  ca: IssuingCa;
  /** Devices that keep their keys have no algorithm to choose, no file with a key and no passphrase. */
  keyOrigin: KeyOrigin;
  settings: SettingsForm;
  faults: { value?: PassphraseFault | undefined; again?: PassphraseFault | undefined };
  onChange: (settings: SettingsForm) => void;
};

/** Keys, validity, files and where they go. */
export function BatchSettingsCard({ ca, keyOrigin, settings, faults, onChange }: BatchSettingsCardProps) {
  const t = useTranslations('batch.settings');
  const device = useTranslations('device.form');
  const passphrase = useTranslations('batch.passphrase');
  const format = useFormatter();
  const nowMs = useNowMs();
  const isKeyless = keyOrigin === 'device';
  const offered = isKeyless ? KEYLESS_FORMATS : DEVICE_FORMATS;
  const formats = settings.formats.filter((each) => offered.includes(each));
  const isLocked = formats.some((each) => PASSPHRASE_FORMATS.includes(each));
  const isPlain = formats.some((each) => PLAIN_KEY_FORMATS.includes(each));
  const toggle = (each: DeviceFormat, isSelected: boolean) =>
    onChange({
      ...settings,
      formats: DEVICE_FORMATS.filter((other) =>
        other === each ? isSelected : settings.formats.includes(other),
      ),
    });
  const errorsOf = (fault: PassphraseFault | undefined) => (fault === undefined ? [] : [passphrase(fault)]);
  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-5">
        <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
          {isKeyless ? null : (
            <Select
              label={device('algorithm')}
              value={settings.algorithm}
              onChange={(algorithm) => onChange({ ...settings, algorithm })}
              options={KEY_ALGORITHMS.toSorted(curvesFirst).map((value) => ({
                value,
                label: device(`algorithmName.${value}`),
              }))}
            />
          )}
          <NumberField
            label={device('validity')}
            unit={device('days')}
            minValue={VALIDITY_DAYS_MIN}
            maxValue={VALIDITY_DAYS_MAX}
            value={settings.validityDays}
            onChange={(validityDays) => onChange({ ...settings, validityDays })}
            constraint={
              isCutByCa(settings.validityDays, ca.notAfter, nowMs)
                ? device('cutByCa', { date: format.dateTime(new Date(ca.notAfter), { dateStyle: 'medium' }) })
                : undefined
            }
          />
        </div>
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
            value={settings.pkcs12Mac}
            onChange={(pkcs12Mac) => onChange({ ...settings, pkcs12Mac })}
            options={PKCS12_MACS.map((value) => ({ value, label: t(`macName.${value}`) }))}
          />
        ) : null}
        {isLocked ? (
          <>
            <RadioCards
              label={passphrase('rule')}
              columns={2}
              value={settings.passphraseRule}
              onChange={(passphraseRule) => onChange({ ...settings, passphraseRule })}
              options={(['own', 'common'] as const).map((value) => ({
                value,
                label: passphrase(`ruleName.${value}`),
                description: passphrase(`ruleText.${value}`),
              }))}
            />
            {isPlain ? <p className="text-sm text-warning">{passphrase('plainToo')}</p> : null}
            {settings.passphraseRule === 'common' ? (
              <PassphraseFields
                {...settings.passphrase}
                errors={{ value: errorsOf(faults.value), again: errorsOf(faults.again) }}
                onChange={(value, again) => onChange({ ...settings, passphrase: { value, again } })}
              />
            ) : null}
          </>
        ) : null}
        <RadioCards
          label={t('layout')}
          columns={2}
          value={settings.layout}
          onChange={(layout) => onChange({ ...settings, layout })}
          options={BATCH_LAYOUTS.map((value) => ({
            value,
            label: t(`layoutName.${value}`),
            description: t(`layoutText.${value}`),
          }))}
        />
        <OutputField value={settings.output} onChange={(output) => onChange({ ...settings, output })} />
      </div>
    </Card>
  );
}

const curvesFirst = (a: string, b: string) => Number(b.startsWith('P-')) - Number(a.startsWith('P-'));
