'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { isCutByCa } from '@/components/device/issue-form';
import { Card } from '@/components/ui/card';
import { NumberField } from '@/components/ui/number-field';
import { Select } from '@/components/ui/select';
import { useNowMs } from '@/components/ui/use-now';
import type { BatchSettings, KeyOrigin } from '@/lib/batch/batch-settings';
import { formatsFor, type Profile } from '@/lib/batch/profile';
import type { PassphraseListPlace } from '@/lib/browser/batch/batch.protocol';
import { KEYLESS_FORMATS, PASSPHRASE_FORMATS } from '@/lib/pki/formats/device-format';
import { KEY_ALGORITHMS } from '@/lib/pki/key-algorithm';
import { VALIDITY_DAYS_MAX, VALIDITY_DAYS_MIN } from '@/lib/pki/validity';
import type { IssuingCa } from '@/lib/registry/issuing-ca';
import { FormatFields } from './format-fields';
import type { OutputKind } from './output-choice';
import { OutputField, PassphraseFields, PassphraseListField } from './output-fields';
import type { PassphraseFault } from './passphrase-faults';
import { ProfileTerms } from './profile-terms';

export type SettingsForm = Omit<BatchSettings, 'passphraseRule' | 'keyOrigin' | 'profile'> & {
  passphraseRule: 'common' | 'own';
  passphrase: { value: string; again: string };
  passphraseList: PassphraseListPlace;
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
  passphraseList: 'apart',
  output: 'download',
});

type BatchSettingsCardProps = {
  ca: IssuingCa;
  /** Devices that keep their keys have no algorithm to choose, no file with a key and no passphrase. */
  keyOrigin: KeyOrigin;
  /** What it says is shown and not asked. */
  profile: Profile | undefined;
  settings: SettingsForm;
  faults: { value?: PassphraseFault | undefined; again?: PassphraseFault | undefined };
  onChange: (settings: SettingsForm) => void;
};

/** Keys, validity, files and where they go. */
export function BatchSettingsCard(props: BatchSettingsCardProps) {
  const { ca, keyOrigin, profile, settings, faults, onChange } = props;
  const t = useTranslations('batch.settings');
  const device = useTranslations('device.form');
  const profiles = useTranslations('profiles');
  const passphrase = useTranslations('batch.passphrase');
  const format = useFormatter();
  const nowMs = useNowMs();
  const daysMax = profile?.content.validityDaysMax ?? VALIDITY_DAYS_MAX;
  const errorsOf = (fault: PassphraseFault | undefined) => (fault === undefined ? [] : [passphrase(fault)]);
  const fields =
    settings.passphraseRule === 'common' ? (
      <PassphraseFields
        {...settings.passphrase}
        errors={{ value: errorsOf(faults.value), again: errorsOf(faults.again) }}
        onChange={(value, again) => onChange({ ...settings, passphrase: { value, again } })}
      />
    ) : null;
  const formats =
    profile !== undefined
      ? formatsFor(profile.content, keyOrigin)
      : settings.formats.filter((each) => keyOrigin === 'console' || KEYLESS_FORMATS.includes(each));
  const isLocked = formats.some((each) => PASSPHRASE_FORMATS.includes(each));
  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-5">
        {profile === undefined ? null : <ProfileTerms content={profile.content} keyOrigin={keyOrigin} />}
        <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
          {keyOrigin === 'device' || profile !== undefined ? null : (
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
            errors={settings.validityDays > daysMax ? [profiles('validityBeyond', { days: daysMax })] : []}
            constraint={
              isCutByCa(settings.validityDays, ca.notAfter, nowMs)
                ? device('cutByCa', { date: format.dateTime(new Date(ca.notAfter), { dateStyle: 'medium' }) })
                : undefined
            }
          />
        </div>
        {profile === undefined ? (
          <FormatFields
            keyOrigin={keyOrigin}
            value={settings}
            onChange={(change) => onChange({ ...settings, ...change })}
            passphrase={fields}
          />
        ) : isLocked ? (
          fields
        ) : null}
        <OutputField value={settings.output} onChange={(output) => onChange({ ...settings, output })} />
        {isLocked && settings.passphraseRule === 'own' ? (
          <PassphraseListField
            value={settings.passphraseList}
            onChange={(passphraseList) => onChange({ ...settings, passphraseList })}
          />
        ) : null}
      </div>
    </Card>
  );
}

const curvesFirst = (a: string, b: string) => Number(b.startsWith('P-')) - Number(a.startsWith('P-'));
