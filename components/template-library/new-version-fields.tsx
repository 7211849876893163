'use client';

import { useTranslations } from 'use-intl';
import { Checkbox } from '@/components/ui/checkbox';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import type { Failure } from '@/lib/failure';
import type { TemplateWithVersions } from '@/lib/registry/provisioning-template';
import type { Result } from '@/lib/result';
import { isFull, type SaveChoice } from './save-plan';
import { TemplateDiffView } from './template-diff-view';
import type { TemplatePlace, TemplateSaving } from './template-ports';
import { useAnswer } from './use-answer';

type NewVersionFieldsProps = {
  port: TemplatePlace & TemplateSaving;
  choice: SaveChoice;
  onChange: (change: Partial<SaveChoice>) => void;
  templateBody: string;
  /** The template that gets the version; undefined while it is read. */
  read: Result<TemplateWithVersions, Failure> | undefined;
};

/** Which template gets the version, what changes against the one in force, and which version goes where there are five. */
export function NewVersionFields({ port, choice, onChange, templateBody, read }: NewVersionFieldsProps) {
  const t = useTranslations('templates.save');
  const { environment } = port;
  const templates = useAnswer(environment, () => port.listTemplates({ environment }));
  const names = templates?.ok ? templates.value.map(({ name }) => name) : [];
  const choices = [...new Set([...(choice.target === '' ? [] : [choice.target]), ...names])];
  return (
    <>
      {templates !== undefined && !templates.ok ? <FailureNotice failure={templates.failure} /> : null}
      {templates === undefined ? (
        <p role="status">{t('reading')}</p>
      ) : choices.length === 0 ? (
        <Notice tone="info" title={t('noTemplates')} />
      ) : (
        <Select
          label={t('target')}
          placeholder={t('targetPlaceholder')}
          value={choice.target === '' ? null : choice.target}
          onChange={(target) => onChange({ target, versionToDelete: undefined })}
          options={choices.map((name) => ({ value: name, label: name }))}
        />
      )}
      {read === undefined ? (
        choice.target === '' ? null : (
          <p role="status">{t('reading')}</p>
        )
      ) : read.ok ? (
        <Target choice={choice} onChange={onChange} templateBody={templateBody} template={read.value} />
      ) : (
        <FailureNotice failure={read.failure} />
      )}
    </>
  );
}

type TargetProps = Pick<NewVersionFieldsProps, 'choice' | 'onChange' | 'templateBody'> & {
  template: TemplateWithVersions;
};

function Target({ choice, onChange, templateBody, template }: TargetProps) {
  const t = useTranslations('templates');
  const { detail, versions } = template;
  const { defaultVersionId } = detail;
  return (
    <>
      <section aria-label={t('save.changes', { version: defaultVersionId })}>
        <p className="mb-2 font-medium">{t('save.changes', { version: defaultVersionId })}</p>
        <TemplateDiffView
          before={{
            label: t('versions.nameInForce', { version: defaultVersionId }),
            templateBody: detail.templateBody,
          }}
          after={{ label: t('save.draft'), templateBody }}
        />
      </section>
      <Checkbox
        isSelected={choice.isDefault}
        onChange={(isDefault) => onChange({ isDefault })}
        description={t('save.isDefaultHelp')}
      >
        {t('save.isDefault')}
      </Checkbox>
      {isFull(template) ? (
        <Notice tone="warning" title={t('save.full', { count: versions.length })}>
          <Select
            label={t('save.toDelete')}
            help={t('deleteVersion.gone')}
            value={choice.versionToDelete === undefined ? null : String(choice.versionToDelete)}
            onChange={(id) => onChange({ versionToDelete: Number(id) })}
            options={versions
              .filter(({ isDefault }) => !isDefault)
              .map(({ versionId }) => ({
                value: String(versionId),
                label: t('versions.name', { version: versionId }),
              }))}
          />
        </Notice>
      ) : null}
    </>
  );
}
