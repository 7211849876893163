'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { NumberField } from '@/components/ui/number-field';
import { RadioCards } from '@/components/ui/radio-cards';
import { AlgorithmCards } from './algorithm-cards';
import { caRequestHref } from './hrefs';
import { ParentCaForm } from './parent-ca-form';
import { SubjectFieldset } from './subject-fieldset';
import { useFieldErrors } from './use-fault-sentence';
import { useWizard } from './wizard-context';
import { isOutdated } from './wizard-state';

/** Subject, algorithm and validity of a CA that is made in the browser. */
export function CreateCaForm() {
  const t = useTranslations('wizard.authority');
  const hierarchy = useTranslations('hierarchy.signer');
  const { draft, change, place } = useWizard();
  const errorsOf = useFieldErrors();
  const { form, created } = draft;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-sunken px-3 py-2 text-sm">
        <Button onPress={() => change({ kind: 'article-applied' })}>{t('article')}</Button>
        <span className="min-w-0 flex-1 basis-60 text-xs text-ink-muted">{t('articleHelp')}</span>
      </div>
      <RadioCards
        label={hierarchy('label')}
        columns={2}
        value={form.signer}
        onChange={(signer) => change({ kind: 'signer-chosen', signer })}
        options={[
          { value: 'self', label: hierarchy('self'), description: hierarchy('selfHelp') },
          { value: 'parent', label: hierarchy('parent'), description: hierarchy('parentHelp') },
        ]}
      />
      {form.signer === 'parent' ? (
        <>
          <p className="text-sm text-ink-muted">
            {hierarchy.rich('offline', {
              link: (text) => (
                <Link href={caRequestHref(place.environmentId)} className="link">
                  {text}
                </Link>
              ),
            })}
          </p>
          <ParentCaForm />
        </>
      ) : null}
      <SubjectFieldset
        subject={form.subject}
        onChange={(field, value) => change({ kind: 'subject-set', field, value })}
        errorsOf={errorsOf}
      />
      <AlgorithmCards
        algorithm={form.algorithm}
        onChange={(algorithm) => change({ kind: 'algorithm-chosen', algorithm })}
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
