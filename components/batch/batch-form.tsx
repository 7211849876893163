'use client';

import { type SyntheticEvent, useDeferredValue, useMemo, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { ProfileChoice } from '@/components/device/profile-choice';
import type { UnderstoodTemplate } from '@/components/device/understood-template';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Notice } from '@/components/ui/notice';
import { formatsFor, type Profile } from '@/lib/batch/profile';
import { type DeviceFormat, KEYLESS_FORMATS, PASSPHRASE_FORMATS } from '@/lib/pki/formats/device-format';
import type { IssuingCa } from '@/lib/registry/issuing-ca';
import { BatchChecks } from './batch-checks';
import { type BatchInput, listDevices, newBatchInput, withProfile } from './batch-input';
import { BatchInputCard } from './batch-input-card';
import { BatchSettingsCard, newSettings, type SettingsForm } from './batch-settings-card';
import { type DeviceChecks, hasConcerns } from './check-devices';
import { passphraseFaults } from './passphrase-faults';
import { useBatchReadme } from './use-batch-readme';
import type { BatchStart } from './use-batch-run';
import { useDeviceChecks } from './use-device-checks';
import { useTarget } from './use-target';

/** Suggested; the person may choose another. */
const ARCHIVE_NAME = 'devices.zip';

type BatchFormProps = {
  environment: string;
  ca: IssuingCa;
  /** Of the CA. */
  template: UnderstoodTemplate;
  caHandle: string | undefined;
  profiles: readonly Profile[];
  urls: { names: string; registry: string };
  /** What the form begins with; without it, with nothing. */
  initial?: BatchFormStart | undefined;
  onStart: (request: BatchStart) => void;
};

export type BatchFormStart = {
  input: BatchInput;
  settings: SettingsForm;
  profile: Profile | undefined;
  /** The batch whose devices are issued again. */
  reissueOf: string;
};

/** Which devices, and how; what is wrong with them is said before the first key is made. */
export function BatchForm(props: BatchFormProps) {
  const { environment, ca, template: understood, caHandle, profiles, urls, initial, onStart } = props;
  const t = useTranslations('batch.form');
  const words = useTranslations('profiles');
  const format = useFormatter();
  const readme = useBatchReadme();
  const { choose, refusal } = useTarget();
  const [input, setInput] = useState(() => initial?.input ?? newBatchInput(ca.country));
  const [settings, setSettings] = useState<SettingsForm>(() => initial?.settings ?? newSettings());
  const [profile, setProfile] = useState<Profile | undefined>(initial?.profile);
  // Said to these findings: another list, or the same once more, has others.
  const [accepted, setAccepted] = useState<DeviceChecks | undefined>(undefined);
  const [isTried, setTried] = useState(false);
  const deferred = useDeferredValue(input);
  const list = useMemo(() => listDevices(deferred), [deferred]);
  const { template, body: templateBody, trouble } = understood;
  const checks = useDeviceChecks(list.devices, template, urls);

  const keyOrigin = input.source === 'requests' ? 'device' : 'console';
  const formats =
    profile !== undefined
      ? formatsFor(profile.content, keyOrigin)
      : keyOrigin === 'device'
        ? settings.formats.filter(isKeyless)
        : settings.formats;
  const isCommon = settings.passphraseRule === 'common' && needsPassphrase(formats);
  const faults = passphraseFaults(settings.passphrase, isCommon);
  const isRisky = checks.done !== undefined && (trouble !== undefined || hasConcerns(checks.done));
  const isAccepted = checks.done !== undefined && accepted === checks.done;
  const obstacle =
    list.devices.length === 0
      ? t('noDevices')
      : list.faulty.length > 0
        ? t('faulty', { count: list.faulty.length })
        : checks.done === undefined
          ? t('checking')
          : isRisky && !isAccepted
            ? t('anywayNeeded')
            : formats.length === 0
              ? t('noFormats')
              : Number.isNaN(settings.validityDays)
                ? t('noValidity')
                : profile !== undefined && settings.validityDays > profile.content.validityDaysMax
                  ? words('validityBeyond', { days: profile.content.validityDaysMax })
                  : faults.value !== undefined || faults.again !== undefined
                    ? t('passphraseNeeded')
                    : caHandle === undefined
                      ? t('locked')
                      : undefined;

  function apply(chosen: Profile | undefined) {
    setProfile(chosen);
    if (chosen === undefined) return;
    setInput(withProfile(input, chosen.content));
    const { subject: _, pattern: __, validityDaysMax: validityDays, ...terms } = chosen.content;
    setSettings({ ...settings, ...terms, validityDays });
  }

  async function submit() {
    setTried(true);
    if (obstacle !== undefined || caHandle === undefined || deferred !== input) return;
    const target = await choose(settings.output, ARCHIVE_NAME);
    if (target === undefined) return;
    const { algorithm, validityDays, pkcs12Mac, layout, passphraseList } = settings;
    const passphraseRule = needsPassphrase(formats) ? settings.passphraseRule : 'none';
    onStart({
      caHandle,
      target,
      passphrase: isCommon ? settings.passphrase.value : undefined,
      passphraseList,
      readme: readme({ hasPkcs12: formats.includes('pkcs12'), keyOrigin, passphraseRule, passphraseList }),
      what: {
        plan: {
          settings: {
            keyOrigin,
            algorithm,
            validityDays,
            formats,
            pkcs12Mac,
            layout,
            passphraseRule,
            ...(profile && { profile: { id: profile.id, version: profile.version } }),
            ...(initial && { reissueOf: initial.reissueOf }),
          },
          templateBody,
          subjects: list.devices.map(({ subject }) => subject),
          ...(keyOrigin === 'device' && {
            requests: list.devices.flatMap(({ request }) => request ?? []),
          }),
        },
      },
    });
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      {profiles.length === 0 ? null : (
        <Card title={words('choose')}>
          <ProfileChoice environment={environment} profiles={profiles} chosen={profile} onChange={apply} />
        </Card>
      )}
      <BatchInputCard input={input} list={list} template={template} onChange={setInput} />
      <BatchChecks
        environment={environment}
        template={
          ca.template.kind === 'none' ? 'none' : template === undefined ? 'without-text' : 'evaluated'
        }
        devices={list.devices.length}
        isListed={keyOrigin === 'console'}
        checks={checks}
      />
      <BatchSettingsCard
        ca={ca}
        keyOrigin={keyOrigin}
        profile={profile}
        settings={settings}
        faults={isTried ? faults : {}}
        onChange={setSettings}
      />
      <Card title={t('title')}>
        <div className="flex flex-col gap-4">
          {isRisky ? (
            <Checkbox
              isSelected={isAccepted}
              onChange={(isSelected) => setAccepted(isSelected ? checks.done : undefined)}
              description={t('anywayText')}
            >
              {t('anyway')}
            </Checkbox>
          ) : null}
          {refusal === undefined ? null : <Notice tone="danger" role="alert" title={refusal} />}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" variant="primary" isDisabled={caHandle === undefined}>
              {t('submit', { count: format.number(list.devices.length) })}
            </Button>
            <p role="status" className="text-sm text-ink-muted empty:hidden">
              {isTried || caHandle === undefined ? obstacle : ''}
            </p>
          </div>
        </div>
      </Card>
    </form>
  );
}

const needsPassphrase = (formats: readonly DeviceFormat[]) =>
  formats.some((format) => PASSPHRASE_FORMATS.includes(format));

const isKeyless = (format: DeviceFormat) => KEYLESS_FORMATS.includes(format);
