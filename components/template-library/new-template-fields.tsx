'use client';

import { useTranslations } from 'use-intl';
import { RoleField } from '@/components/template/role-field';
import { Checkbox } from '@/components/ui/checkbox';
import { TextField } from '@/components/ui/text-field';
import type { Template } from '@/lib/provisioning/template';
import {
  isTemplateDescription,
  isTemplateName,
  TEMPLATE_DESCRIPTION_CHARACTERS_MAX,
} from '@/lib/registry/provisioning-template';
import type { SaveChoice } from './save-plan';
import type { TemplatePlace, TemplateSaving } from './template-ports';

type NewTemplateFieldsProps = {
  port: TemplatePlace & TemplateSaving;
  choice: SaveChoice;
  onChange: (change: Partial<SaveChoice>) => void;
  template: Template | undefined;
};

/** What a new template needs besides its text: name, description, role, and whether it acts at once. */
export function NewTemplateFields({ port, choice, onChange, template }: NewTemplateFieldsProps) {
  const t = useTranslations('templates.save');
  const { name, description, roleArn, isEnabled } = choice;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t('name')}
          constraint={t('nameRule')}
          isMonospace
          value={name}
          onChange={(text) => onChange({ name: text.trim() })}
          errors={name === '' || isTemplateName(name) ? [] : [t('nameWrong')]}
          autoComplete="off"
        />
        <TextField
          label={t('descriptionField')}
          isOptional
          value={description}
          onChange={(text) => onChange({ description: text })}
          errors={
            isTemplateDescription(description)
              ? []
              : [t('descriptionWrong', { max: TEMPLATE_DESCRIPTION_CHARACTERS_MAX })]
          }
          autoComplete="off"
        />
      </div>
      <RoleField
        environment={port.environment}
        accountId={port.accountId}
        value={roleArn}
        effective={roleArn.trim() || undefined}
        onChange={(arn) => onChange({ roleArn: arn.trim() })}
        template={template}
        listRoles={port.listRoles}
        checkRole={port.checkRole}
      />
      <Checkbox
        isSelected={isEnabled}
        onChange={(enabled) => onChange({ isEnabled: enabled })}
        description={t('enabledHelp')}
      >
        {t('enabled')}
      </Checkbox>
    </>
  );
}
