'use client';

import { useTranslations } from 'use-intl';
import { TextField } from '@/components/ui/text-field';
import { type CaForm, SUBJECT_FIELDS, type SubjectFieldId } from './wizard-draft';

type SubjectFieldsetProps = {
  subject: CaForm['subject'];
  onChange: (field: SubjectFieldId, value: string) => void;
  errorsOf: (field: SubjectFieldId) => string[];
};

/** The subject of a CA, field by field. */
export function SubjectFieldset({ subject, onChange, errorsOf }: SubjectFieldsetProps) {
  const t = useTranslations('wizard.authority');
  return (
    <fieldset className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
      <legend className="mb-1 text-sm font-medium">{t('subject')}</legend>
      {SUBJECT_FIELDS.map((field) => (
        <div key={field} data-field={field}>
          <TextField
            label={t(`field.${field}`)}
            constraint={t(`constraint.${field}`)}
            isOptional={field !== 'commonName'}
            value={subject[field]}
            onChange={(value) => onChange(field, field === 'country' ? value.toUpperCase() : value)}
            errors={errorsOf(field)}
            autoComplete="off"
          />
        </div>
      ))}
    </fieldset>
  );
}
