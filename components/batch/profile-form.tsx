'use client';

import { useRouter } from 'next/navigation';
import { type SyntheticEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { profilesHref } from '@/components/device/profiles-href';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Disclosure } from '@/components/ui/disclosure';
import { FailureNotice } from '@/components/ui/failure-notice';
import { orNoAnswer } from '@/components/ui/no-answer';
import { NumberField } from '@/components/ui/number-field';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import { PATTERN_CHARACTERS_MAX, readPattern } from '@/lib/batch/pattern';
import { PROFILE_FIELDS, type ProfileContent } from '@/lib/batch/profile';
import type { Failure } from '@/lib/failure';
import { LOCALE_NAMES, LOCALES, type Locale } from '@/lib/i18n/locales';
import { KEY_ALGORITHMS } from '@/lib/pki/key-algorithm';
import { VALIDITY_DAYS_MAX, VALIDITY_DAYS_MIN } from '@/lib/pki/validity';
import type { Result } from '@/lib/result';
import { FormatFields } from './format-fields';
import { usePatternFaultSentence } from './use-input-fault-sentence';

type Names = { name: string; translations: Partial<Record<Locale, string>> };

export type SaveProfile = (
  input: Names & { environment: string; id: string; version: number; content: EditedContent },
) => Promise<Result<undefined, Failure>>;

type EditedContent = Omit<ProfileContent, 'formats'> & { formats: ProfileContent['formats'][number][] };

type ProfileFormProps = {
  environment: string;
  /** Undefined: a new one. */
  kept: { id: string; version: number; names: Names; content: ProfileContent } | undefined;
  saveProfile: SaveProfile;
};

const NEW: ProfileContent = {
  pattern: '',
  subject: {},
  algorithm: 'P-256',
  validityDaysMax: 365,
  formats: ['pem'],
  pkcs12Mac: 'SHA-256',
  layout: 'folders',
  passphraseRule: 'own',
};

/** Edits one profile: what it is called, and what it decides. */
export function ProfileForm({ environment, kept, saveProfile }: ProfileFormProps) {
  const t = useTranslations('profiles');
  const batch = useTranslations('batch');
  const device = useTranslations('device');
  const patternFault = usePatternFaultSentence();
  const router = useRouter();
  const [id] = useState(() => kept?.id ?? '');
  const [names, setNames] = useState<Names>(kept?.names ?? { name: '', translations: {} });
  const [content, setContent] = useState<ProfileContent>(kept?.content ?? NEW);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const [isSaving, setSaving] = useState(false);
  const [isTried, setTried] = useState(false);
  const change = (some: Partial<ProfileContent>) => setContent({ ...content, ...some });
  const pattern = content.pattern.trim() === '' ? undefined : readPattern(content.pattern.trim());
  const isReady =
    names.name.trim() !== '' &&
    content.formats.length > 0 &&
    !Number.isNaN(content.validityDaysMax) &&
    pattern?.ok !== false;
  const faults = typeof failure === 'object' && failure.kind === 'invalid-input' ? failure.fields : undefined;
  const isTaken = faults?.['name']?.some(({ code }) => code === 'taken') ?? false;

  async function save() {
    setTried(true);
    if (!isReady || isSaving) return;
    setSaving(true);
    const saved = await orNoAnswer(
      saveProfile({
        environment,
        id: id === '' ? crypto.randomUUID() : id,
        version: kept?.version ?? 0,
        ...names,
        content: { ...content, formats: [...content.formats] },
      }),
    );
    setSaving(false);
    if (saved.ok) return router.push(profilesHref(environment));
    setFailure(saved.failure);
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        void save();
      }}
    >
      <Card title={t('nameTitle')}>
        <div className="flex flex-col gap-4">
          <TextField
            label={t('name')}
            value={names.name}
            maxLength={80}
            onChange={(name) => setNames({ ...names, name })}
            errors={isTaken ? [t('nameTaken')] : isTried && names.name.trim() === '' ? [t('nameNeeded')] : []}
            autoComplete="off"
          />
          <Disclosure summary={t('translations')}>
            <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-3">
              {LOCALES.map((language) => (
                <TextField
                  key={language}
                  label={LOCALE_NAMES[language]}
                  isOptional
                  maxLength={80}
                  value={names.translations[language] ?? ''}
                  onChange={(word) =>
                    setNames({ ...names, translations: { ...names.translations, [language]: word } })
                  }
                  autoComplete="off"
                />
              ))}
            </div>
          </Disclosure>
        </div>
      </Card>
      <Card title={t('subjectTitle')}>
        <div className="flex flex-col gap-4">
          <TextField
            label={batch('input.pattern')}
            help={t('patternHelp')}
            isOptional
            isMonospace
            maxLength={PATTERN_CHARACTERS_MAX}
            value={content.pattern}
            onChange={(text) => change({ pattern: text })}
            errors={pattern === undefined || pattern.ok ? [] : [patternFault(pattern.failure)]}
            autoComplete="off"
            spellCheck="false"
          />
          <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
            {PROFILE_FIELDS.map((field) => (
              <TextField
                key={field}
                label={device(`field.${field}`)}
                constraint={device(`constraint.${field}`)}
                isOptional
                value={content.subject[field] ?? ''}
                onChange={(text) =>
                  change({
                    subject: {
                      ...content.subject,
                      [field]: field === 'country' ? text.toUpperCase() : text,
                    },
                  })
                }
                autoComplete="off"
                spellCheck="false"
              />
            ))}
          </div>
          {faults !== undefined && 'content.subject' in faults ? (
            <p role="alert" className="text-sm text-danger">
              {t('subjectFault')}
            </p>
          ) : null}
        </div>
      </Card>
      <Card title={t('termsTitle')}>
        <div className="flex flex-col gap-5">
          <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
            <Select
              label={device('form.algorithm')}
              value={content.algorithm}
              onChange={(algorithm) => change({ algorithm })}
              options={KEY_ALGORITHMS.toSorted(curvesFirst).map((value) => ({
                value,
                label: device(`form.algorithmName.${value}`),
              }))}
            />
            <NumberField
              label={t('validityMax')}
              unit={device('form.days')}
              minValue={VALIDITY_DAYS_MIN}
              maxValue={VALIDITY_DAYS_MAX}
              value={content.validityDaysMax}
              onChange={(validityDaysMax) => change({ validityDaysMax })}
              errors={isTried && Number.isNaN(content.validityDaysMax) ? [batch('form.noValidity')] : []}
            />
          </div>
          <FormatFields keyOrigin="console" value={content} onChange={change} />
          {isTried && content.formats.length === 0 ? (
            <p role="alert" className="text-sm text-danger">
              {batch('form.noFormats')}
            </p>
          ) : null}
          <p className="text-sm text-ink-muted">{t('noPassphrase')}</p>
        </div>
      </Card>
      {failure === undefined || isTaken ? null : <FailureNotice failure={failure} />}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" variant="primary" isPending={isSaving}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

const curvesFirst = (a: string, b: string) => Number(b.startsWith('P-')) - Number(a.startsWith('P-'));
