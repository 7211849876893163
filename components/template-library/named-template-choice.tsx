'use client';

import { useTranslations } from 'use-intl';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import { isTemplateName } from '@/lib/registry/provisioning-template';
import type { TemplateSaving } from './template-ports';
import { useAnswer } from './use-answer';

type NamedTemplateChoiceProps = {
  environment: string;
  /** Empty while none is chosen. */
  value: string;
  onChange: (name: string) => void;
  listTemplates: TemplateSaving['listTemplates'];
};

/** A template of type JITP by its name: chosen, or typed where the list could not be read. */
export function NamedTemplateChoice({
  environment,
  value,
  onChange,
  listTemplates,
}: NamedTemplateChoiceProps) {
  const t = useTranslations('templates');
  const templates = useAnswer(environment, () => listTemplates({ environment }));
  if (templates === undefined) return <p role="status">{t('save.reading')}</p>;
  if (!templates.ok) {
    return (
      <>
        <FailureNotice failure={templates.failure} />
        <TextField
          label={t('attach.choose')}
          constraint={t('save.nameRule')}
          isMonospace
          value={value}
          onChange={(text) => onChange(text.trim())}
          errors={value === '' || isTemplateName(value) ? [] : [t('save.nameWrong')]}
          autoComplete="off"
        />
      </>
    );
  }
  if (templates.value.length === 0) return <Notice tone="info" title={t('attach.none')} />;
  const chosen = templates.value.find(({ name }) => name === value);
  return (
    <>
      <Select
        label={t('attach.choose')}
        placeholder={t('save.targetPlaceholder')}
        value={chosen === undefined ? null : value}
        onChange={onChange}
        options={templates.value.map(({ name, isEnabled }) => ({
          value: name,
          label: name,
          ...(isEnabled ? {} : { description: t('status.disabled') }),
        }))}
      />
      {chosen === undefined || chosen.isEnabled ? null : <Notice tone="warning" title={t('convert.idle')} />}
    </>
  );
}
