'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { NumberField } from '@/components/ui/number-field';
import { RadioCards } from '@/components/ui/radio-cards';
import { TextField } from '@/components/ui/text-field';
import { KEY_ALGORITHMS } from '@/lib/pki/key-algorithm';
import { useFieldErrors } from './use-fault-sentence';
import { useWizard } from './wizard-context';
import { SUBJECT_FIELDS } from './wizard-draft';
import { isOutdated } from './wizard-state';

/** Subject, algorithm and validity of a CA that is made in the browser. */
export function CreateCaForm() {
  const t = useTranslations('wizard.authority');
  const { draft, change } = useWizard();
  const errorsOf = useFieldErrors();
  const { form, created } = draft;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-sunken px-3 py-2 text-sm">
        <Button onPress={() => change({ kind: 'article-applied' })}>{t('article')}</Button>
        <span className="min-w-0 flex-1 basis-60 text-xs text-ink-muted">{t('articleHelp')}</span>
      </div>
      <fieldset className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        <legend className="mb-1 text-sm font-medium">{t('subject')}</legend>
        {SUBJECT_FIELDS.map((field) => (
          <div key={field} data-field={field}>
            <TextField
              label={t(`field.${field}`)}
              constraint={t(`constraint.${field}`)}
              isOptional={field !== 'commonName'}
              value={form.subject[field]}
              onChange={(value) =>
                change({
                  kind: 'subject-set',
                  field,
                  value: field === 'country' ? value.toUpperCase() : value,
                })
              }
              errors={errorsOf(field)}
              autoComplete="off"
            />
          </div>
        ))}
      </fieldset>
      <RadioCards
        label={t('algorithm')}
        help={t('algorithmHelp')}
        columns={3}
        value={form.algorithm}
        onChange={(algorithm) => change({ kind: 'algorithm-chosen', algorithm })}
        options={KEY_ALGORITHMS.toSorted(byAdvice).map((algorithm) => ({
          value: algorithm,
          label: t(`algorithmName.${algorithm}`),
          description: t(`algorithmWhy.${algorithm}`),
        }))}
      />
      <div data-field="validityDays">
        <NumberField
          label={t('validity')}
          help={t('validityHelp')}
          unit={t('days')}
          minValue={1}
          value={form.validityDays}
          onChange={(days) => change({ kind: 'validity-set', days })}
          errors={errorsOf('validityDays')}
        />
      </div>
      {created !== undefined && isOutdated(draft) ? (
        <Notice tone="warning" title={t('outdated')}>
          <p>{t('outdatedHelp', { subject: created.facts.subject })}</p>
        </Notice>
      ) : null}
    </>
  );
}

/** The default comes first. */
const byAdvice = (one: string, other: string) => Number(other === 'P-256') - Number(one === 'P-256');
