'use client';

import { useTranslations } from 'use-intl';
import { Disclosure } from '@/components/ui/disclosure';
import { TextField } from '@/components/ui/text-field';
import type { SubjectField } from '@/lib/pki/subject';
import type { FieldNeed, IssueForm } from './issue-form';
import { SUBJECT_FIELDS } from './subject-fields';

type SubjectFormProps = {
  subject: IssueForm['subject'];
  asked: ReadonlyMap<SubjectField, FieldNeed>;
  caCountry: string | undefined;
  errorsOf: (field: SubjectField) => string[];
  onChange: (field: SubjectField, value: string) => void;
};

/** What the CA's template reads first, the other attributes for who wants them. */
export function SubjectForm({ subject, asked, caCountry, errorsOf, onChange }: SubjectFormProps) {
  const t = useTranslations('device');
  const others = SUBJECT_FIELDS.filter((field) => !asked.has(field));
  const input = (field: SubjectField) => (
    <div key={field} data-field={field} className={field === 'commonName' ? 'sm:col-span-2' : ''}>
      <TextField
        label={t(`field.${field}`)}
        help={field === 'commonName' ? t('form.commonNameHelp') : undefined}
        constraint={t(`constraint.${field}`)}
        isOptional={asked.get(field) !== 'needed'}
        value={subject[field]}
        onChange={(value) => onChange(field, field === 'country' ? value.toUpperCase() : value)}
        errors={errorsOf(field)}
        autoComplete="off"
        spellCheck="false"
      />
      {field === 'country' && isOtherCountry(subject.country, caCountry) ? (
        <p role="status" className="mt-1 text-sm text-warning">
          {t('form.otherCountry', { country: caCountry ?? '' })}
        </p>
      ) : null}
    </div>
  );
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-2 text-sm font-medium">{t('form.subject')}</legend>
      <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">{[...asked.keys()].map(input)}</div>
      {others.length === 0 ? null : (
        // Opened by a fault or a value, so that neither is hidden.
        <Disclosure
          summary={t('form.more')}
          key={others.some((field) => errorsOf(field).length > 0) ? 'faulty' : 'calm'}
          isInitiallyOpen={others.some((field) => subject[field] !== '' || errorsOf(field).length > 0)}
        >
          <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">{others.map(input)}</div>
        </Disclosure>
      )}
    </fieldset>
  );
}

/** AWS's article wants both equal; AWS is not known to enforce it. */
function isOtherCountry(country: string, caCountry: string | undefined): boolean {
  return caCountry !== undefined && country !== '' && country.trim() !== caCountry;
}
